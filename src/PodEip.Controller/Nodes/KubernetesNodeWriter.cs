using System.Globalization;
using System.Text.Json.Nodes;
using PodEip.Controller.Cluster;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;
using PodEip.Kubernetes.Patches;

namespace PodEip.Controller.Nodes;

/// <summary>
/// Writes capacity to the API server. Capacity and allocatable go in one patch of the status: a kubelet would copy the one to the
/// other within seconds, and the scheduler would wait for it.
/// </summary>
/// <param name="api">The API server.</param>
/// <param name="resource">Name of the extended resource.</param>
public sealed class KubernetesNodeWriter(KubeApi api, string resource) : INodeWriter
{
    /// <inheritdoc/>
    public async Task<string?> WriteAsync(NodeRecord node, int? value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(node);
        var status = new JsonObject { ["capacity"] = Quantity(value), ["allocatable"] = Quantity(value) };
        var patch = new MergePatch().OnlyFor(node.Uid).Status(status, ClusterJson.Default.JsonObject).ToBytes();
        try
        {
            var written = await api.PatchAsync(
                ResourcePath.Core("v1", "nodes", ns: null, node.Name, "status"), PatchKind.Merge, patch, KubernetesJsonContext.Default.PartialObject, cancellationToken);
            return written.Metadata.ResourceVersion ?? "";
        }
        catch (KubeApiException e) when (e.IsNotFound || e.IsConflict)
        {
            // Gone, or another of that name: the watch will show what there is.
            return null;
        }
    }

    private JsonObject Quantity(int? value) => new() { [resource] = value?.ToString(CultureInfo.InvariantCulture) };
}
