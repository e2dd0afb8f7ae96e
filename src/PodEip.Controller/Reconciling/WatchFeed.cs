using PodEip.Api.Resources;
using PodEip.Claims.View;
using PodEip.Controller.Cluster;
using PodEip.Kubernetes;
using PodEip.Kubernetes.Watching;

namespace PodEip.Controller.Reconciling;

/// <summary>Tells the core what the watches show.</summary>
public sealed class WatchFeed(ControllerCore core) : IInformerHandler<PodView>, IInformerHandler<EipClaim>
{
    /// <summary>A live Pod passed, annotated or not.</summary>
    public void OnPassing(PassingPod pod)
    {
        if (!pod.IsLive)
        {
            return;
        }

        lock (core.Gate)
        {
            core.OnPassing(pod.PrivateIp, pod.Key, pod.Uid);
        }
    }

    /// <inheritdoc/>
    public void OnUpserted(ObjectKey key, PodView? before, PodView now)
    {
        lock (core.Gate)
        {
            // A namesake in one event: the watch was cut in between.
            if (before is not null && !string.Equals(before.Uid, now.Uid, StringComparison.Ordinal))
            {
                core.OnPodGone(before.Key, before.Uid);
            }

            core.OnPod(now);
        }
    }

    /// <inheritdoc/>
    public void OnDeleted(ObjectKey key, PodView last)
    {
        lock (core.Gate)
        {
            core.OnPodGone(last.Key, last.Uid);
        }
    }

    /// <inheritdoc/>
    public void OnUpserted(ObjectKey key, EipClaim? before, EipClaim now)
    {
        lock (core.Gate)
        {
            if (before is not null && !string.Equals(before.Metadata.Uid, now.Metadata.Uid, StringComparison.Ordinal))
            {
                core.OnClaimGone(before.Key, before.Metadata.Uid);
            }

            core.OnClaim(now);
        }
    }

    /// <inheritdoc/>
    public void OnDeleted(ObjectKey key, EipClaim last)
    {
        lock (core.Gate)
        {
            core.OnClaimGone(last.Key, last.Metadata.Uid);
        }
    }
}
