using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.View;
using PodEip.Cloud;
using PodEip.Controller.Addresses;

namespace PodEip.Controller.Reconciling;

/// <content>Back-off that outlives a call, or this process.</content>
public sealed partial class ControllerCore
{
    /// <summary>How long a refusal for rate is told of, when no call of its action gets through after it.</summary>
    private static readonly TimeSpan ThrottleTold = TimeSpan.FromMinutes(1);

    /// <summary>Longer ahead than any pace: a clock that was wrong when the status was written must not hold a claim up for ever.</summary>
    private static readonly TimeSpan LongestRestored = TimeSpan.FromHours(1);

    private readonly Dictionary<CloudAction, ClaimFailure> _throttles = [];

    private void OnThrottled(QueuedCall call, CloudException error, DateTimeOffset now)
    {
        var before = _throttles.GetValueOrDefault(call.Action);
        _throttles[call.Action] = (FailurePace.Of(error, before?.Tries ?? 0, EventReasons.FailedAssociateEIP, _settings, now) with { RetryAt = now + ThrottleTold }).After(before);
        if (before is null)
        {
            switch (call)
            {
                case QueuedCall.Associate c:
                    Enqueue(c.Key, false);
                    break;
                case QueuedCall.Disassociate c:
                    Enqueue(c.Key, false);
                    break;
            }
        }
    }

    private ClaimFailure? ThrottleOf(CloudAction action, DateTimeOffset now) =>
        _throttles.TryGetValue(action, out var throttle) && throttle.RetryAt > now ? throttle : null;

    /// <summary>The refusal for rate that a write on this address waits out; null for none.</summary>
    private ClaimFailure? ThrottleOn(AddressEntry? address, DateTimeOffset now) => address?.Write is { AnsweredAt: null } write
        ? write.Kind switch
        {
            WriteKind.Associate => ThrottleOf(CloudAction.AssociateAddress, now),
            WriteKind.Disassociate => ThrottleOf(CloudAction.DisassociateAddress, now),
            WriteKind.Rename => ThrottleOf(CloudAction.ModifyAddressAttribute, now),
            _ => null,
        }
        : null;

    /// <summary>A claim of which a former leader wrote when it is tried again is not tried before.</summary>
    private void RestorePace(EipClaim claim)
    {
        var now = Now;
        if (claim.Status is not { NextTry: { } at } || at <= now
            || claim.Status.Condition(ConditionTypes.Ready) is not { Status: ConditionStatuses.False } ready)
        {
            return;
        }

        var notes = Notes(claim.Key);
        notes.SaidBefore = ready.Message;
        at = at < now + LongestRestored ? at : now + LongestRestored;
        if (ClaimFailure.Restored(ready.Reason, ready.Message, at, claim.Status.FailedTries ?? 1) is not { } failure)
        {
            return;
        }

        if (failure.Code!.StartsWith(nameof(CloudAction.AllocateAddresses), StringComparison.Ordinal))
        {
            if (claim.Spec.Attributes is { } attributes)
            {
                _purchases.Restore(attributes.Hash, failure);
            }

            return;
        }

        notes.Failure = failure;
        notes.Failures = failure.Tries;
        EnqueueAfter(claim.Key, at - now);
    }
}
