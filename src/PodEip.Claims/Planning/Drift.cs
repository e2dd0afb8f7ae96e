using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>
/// What others did to a claim's address, and what <c>--drift</c> makes of it. Pure facts are counted whatever the policy is;
/// only the steps differ by it.
/// </summary>
public static class Drift
{
    /// <summary>All that is found changed at this moment.</summary>
    public static DriftKind Find(ClaimView view)
    {
        if (view.Claim is not { } claim || view.Address is not { } address || !claim.Records(address) || view.IsHeldByOther(address))
        {
            return DriftKind.None;
        }

        var bound = address.State is AddressState.Bound;
        return (WasUnbound(view, address) ? DriftKind.Unbound : DriftKind.None)
            | (bound && claim.RecordedTarget() is not null && !view.BindingIsOurs() && !view.Pod.HasPrivateIpOf(address.Target) ? DriftKind.BoundElsewhere : DriftKind.None)
            | (address.State is AddressState.Gone ? DriftKind.Released : DriftKind.None)
            | (IsUntagged(claim, address) ? DriftKind.Untagged : DriftKind.None)
            | (IsOthers(claim, address) ? DriftKind.Retagged : DriftKind.None)
            | (bound && address.IsUnusable ? DriftKind.Unusable : DriftKind.None)
            | (address is { CascadeRelease: true, State: AddressState.Bound or AddressState.Unbound } ? DriftKind.CascadeRelease : DriftKind.None);
    }

    /// <summary>An address we bought that carries another cluster's tag, or TKE's, instead of ours: it is not ours to touch any more.</summary>
    internal static bool IsOthers(EipClaim claim, AddressView address) => address.HasForeignTag && claim.Status.Origin is AddressOrigin.Own;

    /// <summary>An address we bought that has no tag of any cluster.</summary>
    internal static bool IsUntagged(EipClaim claim, AddressView address) => address.LacksTag && claim.Status.Origin is AddressOrigin.Own;

    /// <summary>
    /// The claim said that it is bound to this very Pod at this very IP, and it is not. A Pod that moved, or another Pod of the
    /// name, is no drift.
    /// </summary>
    internal static bool WasUnbound(ClaimView view, AddressView address) =>
        address.State is AddressState.Unbound
        && view.Claim is { } claim && claim.Records(address) && (claim.SaysBound() || claim.SaysDrifted())
        && view.Pod is { HasEnded: false, IsEnding: false, PrivateIp: { } ip } pod
        && string.Equals(claim.Status.PodUid, pod.Uid, StringComparison.Ordinal)
        && string.Equals(claim.Status.PrivateIp, ip, StringComparison.Ordinal);

    /// <summary>What is done about an address that was unbound under its Pod; null to bind it again.</summary>
    internal static Step? AfterUnbinding(ClaimView view, AddressView address, PlannerSettings settings, DateTimeOffset now)
    {
        if (settings.Drift is DriftPolicy.Repair || !WasUnbound(view, address))
        {
            return null;
        }

        return view.PodShowsAddress()
            ? new Step.PublishOnPod(null)
            : new Step.Wait(
                Reasons.Drifted,
                $"{address.Id} was unbound by somebody else; --drift={settings.Drift} leaves it so: recreate the Pod, or delete the claim, to have it bound again",
                now + settings.AddressRecheck, new Need.AddressRead([address.Id]), IsProblem: settings.Drift is DriftPolicy.Report);
    }

    /// <summary>What is to be said of an address that serves, though not all is well with it; null for nothing.</summary>
    internal static Step.Wait? WhileBound(ClaimView view, AddressView address, PlannerSettings settings, DateTimeOffset now)
    {
        var found = Find(view);
        if (settings.Drift is DriftPolicy.Ignore)
        {
            return null;
        }

        if (found.HasFlag(DriftKind.Unusable))
        {
            return Say(Reasons.AddressUnusable, $"{address.Id} is bound, and blocked or isolated for arrears: it may not carry traffic");
        }

        if (found.HasFlag(DriftKind.Untagged) && (settings.Drift is DriftPolicy.Report || view.TaggingDenied))
        {
            return Say(
                Reasons.AddressTagLost,
                $"{address.Id} lost the tag {Marks.ClusterMark.TagKey}{(view.TaggingDenied ? ", and the credentials may not put it back (tag:TagResources)" : "")}: without it the address is never released");
        }

        return found.HasFlag(DriftKind.CascadeRelease)
            ? Say(Reasons.AddressCascadeRelease, $"the cloud will release {address.Id} when it is unbound")
            : null;

        Step.Wait Say(string reason, string message) => new(reason, message, now + settings.AddressRecheck, new Need.AddressRead([address.Id]), IsProblem: true);
    }

    /// <summary>The wait for an address that became another's.</summary>
    internal static Step.Wait ForOwner(AddressView address, PlannerSettings settings, DateTimeOffset now) => new(
        Reasons.AddressTagLost,
        $"{address.Id} carries the tag of another cluster now, so it is not touched any more: put back its tag {Marks.ClusterMark.TagKey}, or delete the claim to get another",
        now + settings.AddressRecheck, new Need.AddressRead([address.Id]), IsProblem: settings.Drift is not DriftPolicy.Ignore);

    /// <summary>A claim does not end before the tag of its address is back: nobody else would know that it is ours.</summary>
    internal static Step? BeforeForgetting(ClaimView view, AddressView address, PlannerSettings settings, DateTimeOffset now) => TagComesBack(view, settings)
        ? new Step.Wait(Reasons.AddressTagLost, $"{address.Id} lost the tag {Marks.ClusterMark.TagKey}: it is put back first", now + settings.Recheck, new Need.AddressRead([address.Id]))
        : null;

    /// <summary>The tag is missing, and is going to be put back.</summary>
    internal static bool TagComesBack(ClaimView view, PlannerSettings settings) =>
        settings.Drift is DriftPolicy.Repair && !view.TaggingDenied
        && view is { Claim: { } claim, Address: { State: AddressState.Bound or AddressState.Unbound } address } && IsUntagged(claim, address);

    internal static bool SaysDrifted(this EipClaim claim) =>
        claim.Status.Condition(ConditionTypes.Bound) is { Status: ConditionStatuses.False, Reason: Reasons.Drifted };
}
