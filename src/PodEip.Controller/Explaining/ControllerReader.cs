using PodEip.Claims.Explain;
using PodEip.Controller.Cluster;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Explaining;

/// <summary>Traces of controllers and agents in the cluster.</summary>
internal sealed class ControllerReader(ClusterSight cluster)
{
    /// <summary>Begins the names of controllers' leases; the cluster id follows.</summary>
    public const string LeasePrefix = "podeip-controller-";

    /// <summary>Where the manifests put the controller.</summary>
    public const string HomeNamespace = "podeip-system";

    /// <summary>Label of the agent's Pods.</summary>
    public const string AgentSelector = "app.kubernetes.io/name=pod-eip,app.kubernetes.io/component=agent";

    /// <summary>Leases of controllers: in their usual namespace, else wherever they are.</summary>
    public async Task<Seen<IReadOnlyList<LeaseFacts>>> LeasesAsync(CancellationToken cancellationToken)
    {
        var home = await ListAsync(HomeNamespace, cancellationToken);
        return home.Value is { Count: > 0 } ? home : await ListAsync(null, cancellationToken) is { Value: not null } all ? all : home;
    }

    /// <summary>The region that the controller of a lease recorded; null when that is not known.</summary>
    public async Task<string?> RegionAsync(LeaseFacts lease, CancellationToken cancellationToken)
    {
        var (ns, name) = lease.Name.Split('/') is [var first, var second] ? (first, second) : ("", "");
        if (!name.StartsWith(LeasePrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var map = await cluster.TryGetAsync(
            "the controller's record", ResourcePath.Core("v1", "configmaps", ns, ConfigMapClusterRecord.NameFor(name[LeasePrefix.Length..])), ClusterJson.Default.ConfigMapObject, cancellationToken);
        return map.Value?.Data?.GetValueOrDefault("region");
    }

    /// <summary>The agent's Pods.</summary>
    public async Task<Seen<IReadOnlyList<AgentFacts>>> AgentsAsync(CancellationToken cancellationToken)
    {
        var pods = await cluster.TryListAsync("Pods of podeip-agent", ResourcePath.Core("v1", "pods"), ReadJson.Default.PodRead, cancellationToken, new ListOptions(LabelSelector: AgentSelector));
        return new Seen<IReadOnlyList<AgentFacts>>(
            pods.Value is null ? null : [.. pods.Value.Select(p => new AgentFacts(p.Metadata.Key.ToString(), p.Spec?.NodeName, p.Condition("Ready") is { Status: "True" }))], pods.Denied);
    }

    private async Task<Seen<IReadOnlyList<LeaseFacts>>> ListAsync(string? ns, CancellationToken cancellationToken)
    {
        var found = await cluster.TryListAsync("leases of the controller", ResourcePath.Group("coordination.k8s.io", "v1", "leases", ns), ReadJson.Default.LeaseRead, cancellationToken);
        return new Seen<IReadOnlyList<LeaseFacts>>(
            found.Value is null ? null : [.. found.Value.Where(l => l.Metadata.Name?.StartsWith(LeasePrefix, StringComparison.Ordinal) is true).Select(Facts)], found.Denied);
    }

    private static LeaseFacts Facts(LeaseRead lease) => new(
        lease.Metadata.Key.ToString(), lease.Spec?.HolderIdentity is { Length: > 0 } holder ? holder : null, lease.Spec?.RenewTime, TimeSpan.FromSeconds(lease.Spec?.LeaseDurationSeconds ?? 15));
}
