using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PodEip.Api;
using PodEip.Claims.View;
using PodEip.Controller.Reconciling;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Cluster;

/// <summary>Reads the API server itself, past every cache.</summary>
/// <param name="api">The API server.</param>
/// <param name="projection">Makes views of Pods.</param>
/// <param name="logger">The log.</param>
public sealed partial class KubernetesClusterReader(KubeApi api, PodProjection projection, ILogger<KubernetesClusterReader> logger) : IClusterReader
{
    // Real chains end after three or four; this only stops a circle.
    private const int MaxOwners = 10;

    private readonly OwnerPaths _paths = new(api);
    private readonly ConcurrentDictionary<(string ApiVersion, string Kind), bool> _forbidden = new();

    /// <inheritdoc/>
    public async Task<PodView?> ReadPodAsync(ClaimKey key, CancellationToken cancellationToken)
    {
        var pod = await api.GetAsync(ResourcePath.Core("v1", "pods", key.Namespace, key.Name), ClusterJson.Default.PodObject, cancellationToken);
        return pod is null ? null : projection.View(pod);
    }

    /// <inheritdoc/>
    public async Task<bool> IsCrdEndingAsync(CancellationToken cancellationToken)
    {
        var path = ResourcePath.Group("apiextensions.k8s.io", "v1", "customresourcedefinitions", name: PodEipNames.CrdName);
        return await api.GetAsync(path, KubernetesJsonContext.Default.PartialObject, cancellationToken) is not { Metadata.IsTerminating: false };
    }

    /// <inheritdoc/>
    public async Task<bool> IsWorkloadEndingAsync(PodView pod, CancellationToken cancellationToken)
    {
        var ns = pod.Key.Namespace;
        if (await api.GetAsync(ResourcePath.Core("v1", "namespaces", name: ns), KubernetesJsonContext.Default.PartialObject, cancellationToken) is not { Metadata.IsTerminating: false })
        {
            return true;
        }

        var owner = pod.Workload is { } w ? new OwnerReference { ApiVersion = w.ApiVersion, Kind = w.Kind, Name = w.Name, Uid = w.Uid } : null;
        for (var i = 0; owner is not null && i < MaxOwners; i++)
        {
            PartialObject? found;
            try
            {
                var path = await _paths.FindAsync(owner, ns, cancellationToken);
                found = path is null ? null : await api.GetAsync(path, KubernetesJsonContext.Default.PartialObject, cancellationToken);
            }
            catch (KubeApiException e) when (e.IsForbidden)
            {
                // A kind we were given no right to read says nothing about its end; the owners below it did.
                if (_forbidden.TryAdd((owner.ApiVersion, owner.Kind), true))
                {
                    LogForbidden(owner.ApiVersion, owner.Kind, e.Message);
                }

                return false;
            }

            if (found is null || found.Metadata.Uid != owner.Uid || found.Metadata.IsTerminating)
            {
                return true;
            }

            owner = PodProjection.Controller(found.Metadata);
        }

        return false;
    }

    /// <inheritdoc/>
    public async Task<int> ReadFirstOrdinalAsync(PodView pod, CancellationToken cancellationToken)
    {
        if (!pod.MayStartElsewhere || pod.Workload is not { } owner)
        {
            return 0;
        }

        var path = ResourcePath.Group("apps", "v1", "statefulsets", pod.Key.Namespace, owner.Name);
        var set = await api.GetAsync(path, ClusterJson.Default.StatefulSetObject, cancellationToken);
        return set?.Metadata.Uid == owner.Uid ? set.Spec?.Ordinals?.Start ?? 0 : 0;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Owners of kind {Kind} ({ApiVersion}) can't be read, so their end is not noticed: {Error}. Grant 'get' on that kind to the controller.")]
    private partial void LogForbidden(string apiVersion, string kind, string error);
}
