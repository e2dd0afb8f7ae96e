using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.View;
using PodEip.Controller.Reconciling;
using PodEip.Kubernetes;
using PodEip.Kubernetes.Events;

namespace PodEip.Controller.Cluster;

/// <summary>Tells a claim's transitions as Kubernetes events: one on the Pod, one on the claim, each naming the other.</summary>
/// <param name="recorder">Writes events in the background.</param>
public sealed class ClaimEvents(IEventRecorder recorder) : IClaimEvents
{
    /// <inheritdoc/>
    public void Record(PodView? pod, EipClaim? claim, bool isWarning, string reason, string message)
    {
        var type = isWarning ? EventType.Warning : EventType.Normal;
        var onPod = pod is null ? null : new EventTarget("v1", "Pod", Key(pod.Key), pod.Uid);
        var onClaim = claim is { Metadata.Uid: { } uid } ? new EventTarget(PodEipNames.ApiVersion, PodEipNames.Kind, Key(claim.Key), uid) : null;
        if (onPod is not null)
        {
            recorder.Record(onPod, type, reason, message, onClaim);
        }

        if (onClaim is not null)
        {
            recorder.Record(onClaim, type, reason, message, onPod);
        }
    }

    private static ObjectKey Key(ClaimKey key) => new(key.Namespace, key.Name);
}
