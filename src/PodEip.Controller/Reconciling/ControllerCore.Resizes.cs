using PodEip.Api;
using PodEip.Claims.View;
using PodEip.Cloud;
using PodEip.Controller.Addresses;

namespace PodEip.Controller.Reconciling;

/// <content>Changes of bandwidth. They have a pace of their own: whatever becomes of them, binding and unbinding go on.</content>
public sealed partial class ControllerCore
{
    /// <summary>The claim's address has the bandwidth of its spec: the next failure is a first one.</summary>
    public void OnResized(ClaimKey key)
    {
        var notes = Notes(key);
        notes.ResizeFailure = null;
        notes.ResizeFailures = 0;
    }

    private void OnResizeAnswer(QueuedCall.Resize call, CloudException? error, DateTimeOffset now)
    {
        var entry = OnWriteAnswer(call.AddressId, error, now, (e, refusal) =>
            e.ReadDue = refusal.ErrorClass is CloudErrorClass.Busy or CloudErrorClass.Conflict or CloudErrorClass.NotFound);
        ReadAfter(entry, error, now);

        // Taken is not done: when reads don't show it although they must by now, it is tried again only after a while.
        var notes = Notes(call.Key);
        var failure = error is not null
            ? FailurePace.Of(error, notes.ResizeFailures, EventReasons.FailedResizeEIP, _settings, now)
            : new ClaimFailure(
                Reasons.CloudUnreachable, $"the cloud took the change to {call.BandwidthMbps} Mbps and does not show it", now + (_settings.Book.ReadLag * 6), EventReasons.FailedResizeEIP);
        notes.ResizeFailure = (call.BandwidthMbps, failure);
        notes.ResizeFailures++;
        EnqueueAfter(call.Key, failure.RetryAt - now);
        Enqueue(call.Key, false);
    }
}
