using System.Globalization;
using PodEip.Api;
using PodEip.Claims.Adoption;
using PodEip.Claims.Marks;
using PodEip.Controller.Commands;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Adoption;

/// <summary>Reads all that the plan needs.</summary>
internal sealed class AdoptionSight(ClusterMark from, ClusterMark to, ClusterConnection cluster, PacedCloud cloud, AdoptionOptions options, Progress progress)
{
    /// <summary>
    /// Numbers that are tried for each workload, however few Pods it has now: one that is scaled down had more. A name that was never there
    /// matches no address.
    /// </summary>
    private const int LeastNumbers = 1000;

    private static readonly (string Group, string Version, string Plural, string Source)[] Numbering =
    [
        ("apps", "v1", "statefulsets", "StatefulSet"),
        ("apps.kruise.io", "v1beta1", "statefulsets", "OpenKruise StatefulSet"),
    ];

    /// <summary>What holds now.</summary>
    public async Task<AdoptionView> LookAsync(CancellationToken cancellationToken)
    {
        var claims = await cluster.ClaimsAsync(cancellationToken);
        var namespaces = await cluster.ListAsync(ResourcePath.Core("v1", "namespaces"), KubernetesJsonContext.Default.PartialObject, null, cancellationToken);
        return new AdoptionView
        {
            From = from,
            To = to,
            Addresses = [.. await cloud.OfMarkAsync(from, cancellationToken), .. await cloud.OfMarkAsync(to, cancellationToken)],
            Claims = claims,
            Names =
            [
                .. claims.Select(c => new KnownName(c.Key, "its claim")),
                .. options.Names.Select(key => new KnownName(key, "--names")),
                .. await PodsAsync(cancellationToken),
                .. await NumberedAsync(cancellationToken),
            ],
            Namespaces = namespaces.Where(n => !n.Metadata.IsTerminating).Select(n => n.Metadata.Name ?? "").ToHashSet(StringComparer.Ordinal),
        };
    }

    private async Task<IEnumerable<KnownName>> PodsAsync(CancellationToken cancellationToken)
    {
        var pods = await cluster.ListAsync(ResourcePath.Core("v1", "pods"), KubernetesJsonContext.Default.PartialObject, null, cancellationToken);
        return pods.Select(p => new KnownName(new ClaimKey(p.Metadata.Namespace ?? "", p.Metadata.Name ?? ""), "a Pod"));
    }

    private async Task<IReadOnlyList<KnownName>> NumberedAsync(CancellationToken cancellationToken)
    {
        var names = new List<KnownName>();
        foreach (var (group, version, plural, source) in Numbering)
        {
            try
            {
                foreach (var set in await cluster.ListAsync(ResourcePath.Group(group, version, plural), CommandJson.Default.NumberingObject, null, cancellationToken))
                {
                    var (ns, name, start) = (set.Metadata.Namespace ?? "", set.Metadata.Name ?? "", set.Spec?.Ordinals?.Start ?? 0);
                    names.AddRange(Enumerable.Range(0, start + Math.Max(set.Spec?.Replicas ?? 1, LeastNumbers))
                        .Select(i => new KnownName(new ClaimKey(ns, string.Create(CultureInfo.InvariantCulture, $"{name}-{i}")), $"the {source} {name}")));
                }
            }
            catch (KubeApiException e) when (e.IsForbidden)
            {
                progress.Say($"Names of {source}s can't be read: {e.Message}");
            }
        }

        return names;
    }
}
