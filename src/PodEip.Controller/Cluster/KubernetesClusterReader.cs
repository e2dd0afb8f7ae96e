using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PodEip.Api;
using PodEip.Api.Resources;
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
    private readonly ConcurrentDictionary<string, Lazy<Task<OwnerLookup>>> _asking = new(StringComparer.Ordinal);

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
                TellOnce(owner, e.Message);
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
    /// <remarks>Those who ask for the same owner at the same time share one answer: a rollout shows many Pods of it at once.</remarks>
    public async Task<OwnerLookup> ReadOwnerAsync(string ns, WorkloadReference first, CancellationToken cancellationToken)
    {
        var asking = _asking.GetOrAdd(first.Uid, _ => new Lazy<Task<OwnerLookup>>(() => FollowAsync(ns, first, cancellationToken)));
        try
        {
            return await asking.Value;
        }
        finally
        {
            _asking.TryRemove(new(first.Uid, asking));
        }
    }

    /// <inheritdoc/>
    public async Task<OwnerState> LookAtOwnerAsync(string ns, WorkloadReference owner, CancellationToken cancellationToken) =>
        (await LookAsync(ns, Reference(owner), cancellationToken)).State;

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

    private async Task<OwnerLookup> FollowAsync(string ns, WorkloadReference first, CancellationToken cancellationToken)
    {
        try
        {
            var (top, ends) = (first, false);
            var owner = Reference(first);
            for (var i = 0; i < MaxOwners; i++)
            {
                var (state, found) = await LookAsync(ns, owner, cancellationToken);
                if (state is OwnerState.Unreadable)
                {
                    return i == 0 ? new OwnerLookup.Known(first, state) : new OwnerLookup.Known(top, Present(), Workload(owner));
                }

                top = Workload(owner);
                if (state is OwnerState.Gone)
                {
                    return new OwnerLookup.Known(top, state);
                }

                ends |= state is OwnerState.Ending;
                if (PodProjection.Controller(found!.Metadata) is not { } next)
                {
                    break;
                }

                owner = next;
            }

            return new OwnerLookup.Known(top, Present());

            OwnerState Present() => ends ? OwnerState.Ending : OwnerState.Present;
        }
        catch (KubeApiException e)
        {
            // The look-up is not worth holding a Pod's address up.
            LogUnanswered(first.Kind, ns, first.Name, e.Message);
            return new OwnerLookup.Unanswered();
        }
    }

    private async Task<(OwnerState State, PartialObject? Found)> LookAsync(string ns, OwnerReference owner, CancellationToken cancellationToken)
    {
        try
        {
            if (await _paths.FindAsync(owner, ns, cancellationToken) is not { } path)
            {
                TellOnce(owner, "the API server does not serve that kind");
                return (OwnerState.Unreadable, null);
            }

            var found = await api.GetAsync(path, KubernetesJsonContext.Default.PartialObject, cancellationToken);
            return (found is null || found.Metadata.Uid != owner.Uid ? OwnerState.Gone : found.Metadata.IsTerminating ? OwnerState.Ending : OwnerState.Present, found);
        }
        catch (KubeApiException e) when (e.IsForbidden)
        {
            TellOnce(owner, e.Message);
            return (OwnerState.Unreadable, null);
        }
    }

    private void TellOnce(OwnerReference owner, string error)
    {
        if (_forbidden.TryAdd((owner.ApiVersion, owner.Kind), true))
        {
            LogForbidden(owner.ApiVersion, owner.Kind, error);
        }
    }

    private static OwnerReference Reference(WorkloadReference w) => new() { ApiVersion = w.ApiVersion, Kind = w.Kind, Name = w.Name, Uid = w.Uid };

    private static WorkloadReference Workload(OwnerReference o) => new() { ApiVersion = o.ApiVersion, Kind = o.Kind, Name = o.Name, Uid = o.Uid };

    [LoggerMessage(Level = LogLevel.Debug, Message = "The owners of {Kind} {Namespace}/{Name} could not be read: {Error}")]
    private partial void LogUnanswered(string kind, string @namespace, string name, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Owners of kind {Kind} ({ApiVersion}) can't be read, so their end is not noticed: {Error}. Grant 'get' on that kind to the controller.")]
    private partial void LogForbidden(string apiVersion, string kind, string error);
}
