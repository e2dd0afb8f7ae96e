using System.Globalization;
using PodEip.Claims.Explain;
using PodEip.Controller.Cluster;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Explaining;

/// <summary>Nodes, their slots and who has them.</summary>
internal sealed class NodeReader(ClusterSight cluster)
{
    /// <summary>All Nodes by name.</summary>
    /// <param name="taken">Also count what Pods ask for: every Pod is read. Of one Node only, if one is named.</param>
    /// <param name="node">The Node whose slots matter; null for all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Seen<IReadOnlyList<NodeFacts>>> ReadAsync(bool taken, string? node, CancellationToken cancellationToken)
    {
        var nodes = await cluster.TryListAsync("Nodes", ResourcePath.Core("v1", "nodes"), ClusterJson.Default.NodeObject, cancellationToken);
        if (nodes.Value is null)
        {
            return new Seen<IReadOnlyList<NodeFacts>>(null, nodes.Denied);
        }

        var pods = taken
            ? await cluster.TryListAsync("Pods of all namespaces", ResourcePath.Core("v1", "pods"), ClusterJson.Default.PodObject, cancellationToken, new ListOptions(FieldSelector: node is null ? null : $"spec.nodeName={node}"))
            : default;
        var used = pods.Value?.Where(p => !string.IsNullOrEmpty(p.Spec?.NodeName) && !PodLife.HasEnded(p))
            .GroupBy(p => p.Spec!.NodeName!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(p => PodRequests.Of(p, cluster.Names.EipResource)), StringComparer.Ordinal);
        return new Seen<IReadOnlyList<NodeFacts>>(
            [.. nodes.Value.OrderBy(n => n.Metadata.Name, StringComparer.Ordinal).Select(n => Facts(n, used, node))], pods.Denied);
    }

    private NodeFacts Facts(NodeObject node, Dictionary<string, int>? used, string? only)
    {
        var name = node.Metadata.Name ?? "";
        var slots = node.Status?.Allocatable is { } offered && offered.TryGetValue(cluster.Names.EipResource, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : (int?)null;
        return new NodeFacts(name, slots, used is null || (only is not null && only != name) ? null : used.GetValueOrDefault(name), NodeRegion.Of(node));
    }
}
