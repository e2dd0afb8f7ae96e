using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Explain;
using PodEip.Controller.Explaining;

namespace PodEip.Controller.Console;

/// <summary>Looks at the cluster with the viewer's rights, and adds what this replica knows.</summary>
/// <param name="replica">What it knows.</param>
internal sealed class OverviewReader(ConsoleReplica replica)
{
    /// <summary>Looks.</summary>
    /// <param name="cluster">The cluster, as the viewer.</param>
    /// <param name="user">Who they are.</param>
    /// <param name="ns">The namespace; null for all, which they may list claims of.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<ConsoleOverview> ReadAsync(ClusterSight cluster, string? user, string? ns, CancellationToken cancellationToken)
    {
        var readingNodes = new NodeReader(cluster).ReadAsync(taken: false, node: null, cancellationToken);
        var readingReplica = replica.LookAsync(cancellationToken);
        var claims = await cluster.ClaimsAsync(ns, null, cancellationToken);
        var (nodes, facts) = (await readingNodes, await readingReplica);
        // The account's numbers are for those who may see the whole cluster.
        return new ConsoleOverview(
            user, ns, facts, [.. claims.Select(Row)], nodes.Value is { } found ? Nodes(found, claims) : null,
            ns is null ? replica.Addresses() : null, ns is null ? replica.Quotas() : null, nodes.Denied is { } denied ? [denied] : []);
    }

    private static ClaimRow Row(EipClaim claim)
    {
        var (status, ready) = (claim.Status, claim.Status.Condition(ConditionTypes.Ready));
        return new ClaimRow(
            claim.Metadata.Namespace, claim.Metadata.Name, status.PublicIp, status.AddressId, status.Phase ?? ClaimPhase.Pending, ready?.Reason, ready?.Message,
            status.PrivateIp, status.NodeName, claim.Spec.DeletePolicy is DeletePolicy.Never ? "Never" : "Delete", status.Origin?.ToString(), status.BandwidthMbps, claim.Metadata.CreationTimestamp);
    }

    private static IReadOnlyList<NodeRow> Nodes(IReadOnlyList<NodeFacts> nodes, IReadOnlyList<EipClaim> claims)
    {
        var used = claims.Where(c => c.Status.NodeName is not null).CountBy(c => c.Status.NodeName!, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return [.. nodes.Select(n => new NodeRow(n.Name, n.Slots, used.GetValueOrDefault(n.Name), n.Region)).Where(n => n.Slots is not null || n.Claims > 0)];
    }
}
