using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>Builds a claim's status: the fields, the conditions, and the phase that sums them up for people.</summary>
public static class ClaimStatuses
{
    /// <summary>The status after a change; equal to the present one when nothing differs.</summary>
    /// <param name="claim">The claim as it is.</param>
    /// <param name="change">What changes.</param>
    /// <param name="now">Time of the change, for transition times.</param>
    public static EipClaimStatus Apply(EipClaim claim, StatusChange change, DateTimeOffset now)
    {
        var status = claim.Status with { ObservedGeneration = claim.Metadata.Generation, NextTry = null, FailedTries = null };
        return change switch
        {
            StatusChange.Allocated c => Conditions(
                Had(Bind(status, c.Intended), claim, c.AddressId, c.IsOwn) with
                {
                    AddressId = c.AddressId,
                    PublicIp = c.PublicIp,
                    BoundAt = null,
                    RetainedSince = null,
                    Phase = ClaimPhase.Allocated,
                },
                now, claim, allocated: true, bound: false, Reasons.Allocated, $"{c.AddressId} is this claim's; it is not bound yet"),
            StatusChange.Binding c => Conditions(
                Bind(status, c.To) with { BoundAt = null, Phase = ClaimPhase.Allocated },
                now, claim, allocated: true, bound: false, Reasons.Binding, $"being bound to {c.To.Target.PrivateIp}"),
            StatusChange.Bound c => Conditions(
                Bind(status, c.To) with { PublicIp = c.PublicIp ?? status.PublicIp, BoundAt = status.BoundAt ?? now, RetainedSince = null, Phase = ClaimPhase.Bound },
                now, claim, allocated: true, bound: true, Reasons.Bound, $"{c.PublicIp} is bound to {c.To.Target.PrivateIp}", egress: c.Egress),
            StatusChange.EgressSaid c => claim.Status with { Conditions = WithEgress(claim.Status.Conditions, c.View, claim, now) },
            StatusChange.Retained c => Conditions(
                Had(Bind(status, null), claim, c.AddressId, !claim.UsesGivenAddresses()) with
                {
                    AddressId = c.AddressId,
                    PublicIp = c.PublicIp ?? status.PublicIp,
                    BoundAt = null,
                    RetainedSince = status.RetainedSince ?? now,
                    Phase = ClaimPhase.Retained,
                },
                now, claim, allocated: c.AddressId is not null, bound: false, Reasons.Retained, c.Words ?? Words.Kept),
            StatusChange.Resized c => status with { AttributeHash = claim.Spec.Attributes?.Hash, BandwidthMbps = c.BandwidthMbps },
            StatusChange.Dropped c => Conditions(
                Bind(status, null) with
                {
                    AddressId = null, PublicIp = null, Origin = null, AttributeHash = null, BandwidthMbps = null, BoundAt = null, RetainedSince = null, Phase = ClaimPhase.Pending,
                },
                now, claim, allocated: false, bound: false, c.Reason, c.Message),
            StatusChange.Waiting c => Waiting(status, claim, c, now),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "not a known change"),
        };
    }

    /// <summary>What the address is, by the spec it was had for. A spec that was edited since does not make it another one.</summary>
    private static EipClaimStatus Had(EipClaimStatus status, EipClaim claim, string? addressId, bool isOwn) =>
        string.Equals(status.AddressId, addressId, StringComparison.Ordinal) && status.Origin is not null && (status.AttributeHash is not null || !isOwn)
            ? status
            : status with
            {
                Origin = isOwn ? AddressOrigin.Own : AddressOrigin.Given,
                AttributeHash = isOwn ? claim.Spec.Attributes?.Hash : null,
                BandwidthMbps = isOwn ? claim.Spec.Attributes?.BandwidthMbps : null,
            };

    private static EipClaimStatus Waiting(EipClaimStatus status, EipClaim claim, StatusChange.Waiting change, DateTimeOffset now)
    {
        var allocated = status.AddressId is not null;

        // Where it is not the phase that says so any more (Releasing), the condition does.
        var bound = (status.Phase is ClaimPhase.Bound || status.Condition(ConditionTypes.Bound) is { Status: ConditionStatuses.True })
            && change.Reason is not (Reasons.AddressBoundOutside or Reasons.AddressNotFound or Reasons.Drifted);
        var phase = claim.IsDeleting() ? ClaimPhase.Releasing
            : bound ? ClaimPhase.Bound
            : change.IsProblem ? ClaimPhase.Failed
            : allocated && status.RetainedSince is not null ? ClaimPhase.Retained
            : allocated ? ClaimPhase.Allocated
            : ClaimPhase.Pending;
        return Conditions(status with { Phase = phase, NextTry = change.NextTry, FailedTries = change.FailedTries }, now, claim, allocated, bound, change.Reason, change.Message,
            readyToo: !bound || change.IsProblem || change.IsNotice, isNotice: change.IsNotice, keepDrift: true);
    }

    private static EipClaimStatus Bind(EipClaimStatus status, BindingIntent? intent) => status with
    {
        PodUid = intent?.PodUid,
        NodeName = intent?.NodeName,
        NetworkInterfaceId = intent?.Target.NetworkInterfaceId,
        PrivateIp = intent?.Target.PrivateIp,
    };

    private static EipClaimStatus Conditions(
        EipClaimStatus status, DateTimeOffset now, EipClaim claim, bool allocated, bool bound, string reason, string message, bool readyToo = true, bool isNotice = false, bool keepDrift = false,
        EgressView? egress = null)
    {
        // What is not bound leaves no way.
        var conditions = bound ? [.. WithEgress(status.Conditions, egress, claim, now)] : status.Conditions.Where(c => !IsEgress(c)).ToList();
        Set(ConditionTypes.Allocated, allocated, allocated ? Reasons.Allocated : reason, allocated ? $"{status.AddressId} is this claim's" : message);

        // That it was unbound behind our back is remembered here until it is bound, or to be bound, again.
        if (keepDrift && !bound && status.Condition(ConditionTypes.Bound) is { Reason: Reasons.Drifted, Message: { } drift })
        {
            Set(ConditionTypes.Bound, value: false, Reasons.Drifted, drift);
        }
        else
        {
            Set(ConditionTypes.Bound, bound, bound ? Reasons.Bound : reason, bound ? $"bound to {status.PrivateIp}" : message);
        }

        if (readyToo)
        {
            var ready = bound && (isNotice || reason is Reasons.Bound);
            Set(ConditionTypes.Ready, ready, reason, message);
        }

        return status with { Conditions = conditions };

        void Set(string type, bool value, string why, string words) =>
            Put(conditions, type, value ? ConditionStatuses.True : ConditionStatuses.False, why, words, claim, now);
    }

    private static IReadOnlyList<ClaimCondition> WithEgress(IReadOnlyList<ClaimCondition> before, EgressView? egress, EipClaim claim, DateTimeOffset now)
    {
        if (egress is null)
        {
            return before;
        }

        List<ClaimCondition> conditions = [.. before];
        Put(conditions, ConditionTypes.EgressReady, egress.Status, egress.Reason, egress.Message, claim, now);
        return conditions;
    }

    private static bool IsEgress(ClaimCondition condition) => string.Equals(condition.Type, ConditionTypes.EgressReady, StringComparison.Ordinal);

    private static void Put(List<ClaimCondition> conditions, string type, string wanted, string why, string words, EipClaim claim, DateTimeOffset now)
    {
        var index = conditions.FindIndex(c => string.Equals(c.Type, type, StringComparison.Ordinal));
        var before = index < 0 ? null : conditions[index];
        var condition = new ClaimCondition
        {
            Type = type,
            Status = wanted,
            Reason = why,
            Message = words,
            ObservedGeneration = claim.Metadata.Generation,
            LastTransitionTime = before is not null && string.Equals(before.Status, wanted, StringComparison.Ordinal) ? before.LastTransitionTime : now,
        };
        if (index < 0)
        {
            conditions.Add(condition);
        }
        else
        {
            conditions[index] = condition;
        }
    }

    /// <summary>True when two statuses say the same to a reader: times aside. Which generation they answer is said to programs.</summary>
    public static bool SaySame(EipClaimStatus a, EipClaimStatus b)
    {
        return (a with { Conditions = [], BoundAt = null }) == (b with { Conditions = [], BoundAt = null })
            && a.Conditions.Count == b.Conditions.Count
            && a.Conditions.All(c => b.Condition(c.Type) is { } other
                && string.Equals(c.Status, other.Status, StringComparison.Ordinal)
                && string.Equals(c.Reason, other.Reason, StringComparison.Ordinal)
                && string.Equals(c.Message, other.Message, StringComparison.Ordinal));
    }
}
