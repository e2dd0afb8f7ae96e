using System.Text.RegularExpressions;
using PodEip.Controller.Cluster;

namespace PodEip.Controller.Explaining;

/// <summary>
/// The region of a Node as the cloud's API names it. TKE labels Nodes with short names (<c>gz</c>), which are no help; then the zone of the providerID may tell.
/// </summary>
internal static partial class NodeRegion
{
    private static readonly string[] Labels = ["topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"];

    /// <summary>The region; null when the Node does not tell it.</summary>
    public static string? Of(NodeObject node)
    {
        var label = Labels.Select(name => node.Metadata.Labels?.GetValueOrDefault(name)).FirstOrDefault(text => text is not null && Form().IsMatch(text));
        return label ?? (node.Spec?.ProviderID is { } id && Zone().Match(id) is { Success: true } zone ? zone.Groups["region"].Value : null);
    }

    [GeneratedRegex(@"\A[a-z]{2}-[a-z]+(-[a-z]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@"\Aqcloud:///(?<region>[a-z]{2}-[a-z]+(-[a-z]+)*)-[0-9]+/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Zone();
}
