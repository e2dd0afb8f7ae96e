using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Controller.Reconciling;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Cluster;

/// <summary>Reads Pods and Nodes past every cache.</summary>
/// <param name="api">The API server.</param>
/// <param name="projection">Makes views of Pods.</param>
public sealed class KubernetesPlaceReader(KubeApi api, PodProjection projection) : IPlaceReader
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ClaimKey>> FindPodsAsync(string privateIp, CancellationToken cancellationToken)
    {
        var pods = await api.ListAsync(
            ResourcePath.Core("v1", "pods"), ClusterJson.Default.PodObject, new ListOptions { FieldSelector = "status.podIP=" + privateIp }, cancellationToken);
        return [.. pods.Items.Select(projection.View).Where(pod => pod is { HasEnded: false, Reading.Demand: not PodDemand.None }).Select(pod => pod.Key)];
    }

    /// <inheritdoc/>
    public async Task<bool> IsNodeAsync(string instanceId, CancellationToken cancellationToken)
    {
        var nodes = await api.ListAsync(ResourcePath.Core("v1", "nodes"), ClusterJson.Default.NodeObject, options: null, cancellationToken);
        return nodes.Items.Any(node => node.Spec?.ProviderID is { } id
            && id.StartsWith("qcloud://", StringComparison.Ordinal) && id.EndsWith("/" + instanceId, StringComparison.Ordinal));
    }
}
