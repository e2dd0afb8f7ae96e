using PodEip.Api;
using PodEip.Claims.Marks;
using PodEip.Claims.Teardown;
using PodEip.Cloud;
using PodEip.Controller.Cluster;
using PodEip.Controller.Commands;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Teardown;

/// <summary>Reads all that the plan needs: the cloud, and the cluster where it can be asked.</summary>
internal sealed class TeardownSight(ClusterMark mark, ClusterConnection? cluster, PacedCloud cloud, TeardownOptions options, Progress progress)
{
    /// <summary>What holds now.</summary>
    public async Task<TeardownView> LookAsync(CancellationToken cancellationToken)
    {
        var own = await cloud.OfMarkAsync(mark, cancellationToken);
        var view = new TeardownView { Mark = mark, Addresses = own, IsLost = cluster is null, VpcId = options.Controller.VpcId };
        if (cluster is null)
        {
            return view;
        }

        var claims = await cluster.ClaimsAsync(cancellationToken);
        var known = own.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        var named = claims.SelectMany(c => c.Status.AddressId is { } id ? [id] : c.Spec.AddressIds ?? []).Where(id => !known.Contains(id)).Distinct(StringComparer.Ordinal);
        var addresses = (List<Cloud.Addresses.Address>)[.. own, .. await cloud.OfIdsAsync(named, cancellationToken)];
        return view with
        {
            Addresses = addresses,
            Claims = claims,
            Pods = await PodsAsync(cluster, cancellationToken),
            NodeInstances = await NodesAsync(cluster, cancellationToken),
            Interfaces = await InterfacesAsync(addresses.Select(a => a.Target?.NetworkInterfaceId).OfType<string>(), cancellationToken),
        };
    }

    private async Task<IReadOnlyList<PodPlace>> PodsAsync(ClusterConnection cluster, CancellationToken cancellationToken)
    {
        var pods = await cluster.ListAsync(ResourcePath.Core("v1", "pods"), ClusterJson.Default.PodObject, null, cancellationToken);
        return
        [
            .. pods.Select(p => new PodPlace(
                new ClaimKey(p.Metadata.Namespace ?? "", p.Metadata.Name ?? ""),
                p.Metadata.Uid ?? "",
                PodLife.HasEnded(p) ? null : PodLife.PrivateIp(p),
                p.Metadata.Annotations?.GetValueOrDefault(options.Controller.Names.EipPublicIp),
                PodProjection.HasGate(p))),
        ];
    }

    private async Task<IReadOnlySet<string>> NodesAsync(ClusterConnection cluster, CancellationToken cancellationToken)
    {
        try
        {
            var nodes = await cluster.ListAsync(ResourcePath.Core("v1", "nodes"), CommandJson.Default.NodeObject, null, cancellationToken);
            return nodes.Select(n => n.Spec?.ProviderID?.Split('/')[^1]).OfType<string>().Where(id => id.StartsWith("ins-", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        }
        catch (KubeApiException e) when (e.IsForbidden)
        {
            progress.Say($"Nodes can't be listed, so an address that a claim left behind on a Node counts as bound outside: {e.Message}");
            return new HashSet<string>(StringComparer.Ordinal);
        }
    }

    private async Task<IReadOnlyDictionary<string, Cloud.Network.NetworkInterface>> InterfacesAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        try
        {
            return await cloud.InterfacesAsync(ids, cancellationToken);
        }
        catch (CloudException e) when (e.ErrorClass is CloudErrorClass.Permission)
        {
            progress.Say($"Network interfaces can't be read, so only bindings that a claim recorded count as this cluster's: {e.Message}");
            return new Dictionary<string, Cloud.Network.NetworkInterface>(StringComparer.Ordinal);
        }
    }
}
