using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.View;
using PodEip.Kubernetes;
using PodEip.Kubernetes.Events;

namespace PodEip.Controller.Reconciling;

/// <summary>Records a claim's transitions on its Pod and on itself.</summary>
public sealed class ClaimEvents(IEventRecorder recorder) : IClaimEvents
{
    /// <inheritdoc/>
    public void Record(PodView? pod, EipClaim? claim, bool isWarning, string reason, string message)
    {
        var type = isWarning ? EventType.Warning : EventType.Normal;
        var onPod = pod is null ? null : new EventTarget("v1", "Pod", new ObjectKey(pod.Key.Namespace, pod.Key.Name), pod.Uid);
        var onClaim = claim?.Metadata.Uid is { } uid
            ? new EventTarget(PodEipNames.ApiVersion, PodEipNames.Kind, new ObjectKey(claim.Key.Namespace, claim.Key.Name), uid)
            : null;
        if (onPod is not null)
        {
            recorder.Record(onPod, type, reason, message, onClaim);
        }

        if (onClaim is not null)
        {
            recorder.Record(onClaim, type, reason, message, onPod);
        }
    }
}
