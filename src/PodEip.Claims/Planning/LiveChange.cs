using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>
/// B6: what becomes of an address when something else is asked for than it is. The bandwidth of an own one is changed; a claim
/// that is not fixed gets another one; a fixed one keeps what it has and says so.
/// </summary>
internal static class LiveChange
{
    /// <summary>Lets the address of a claim that is not fixed go, when its Pod asks for one that it can't become; null when it stays.</summary>
    public static Step? Replace(ClaimView view, AddressView address, PlannerSettings settings, DateTimeOffset now)
    {
        var claim = view.Claim!;
        if (claim.IsFixed() || !claim.Records(address) || DemandAgainst.Of(view.Pod!.Reading.Demand, claim, settings) is not DemandAgainst.Kind.Another
            || (address is { State: AddressState.Bound } && !view.BindingIsOurs())
            || (address.IsOwn && AddressName.IsFixed(address.Name) && view.RenamingDenied))
        {
            return null;
        }

        if (Unbinding.Plan(view, address, now, settings) is { } unbinding)
        {
            return unbinding;
        }

        if (view.PodShowsAddress())
        {
            return new Step.PublishOnPod(null);
        }

        return address.IsOwn && AddressName.IsFixed(address.Name)
            ? Waits.AfterFailure(view, now) ?? Unmark(claim, address)
            : new Step.WriteStatus(new StatusChange.Dropped(
                Reasons.WaitingForAddress, $"the Pod asks for another address now; {address.Id} went back", IsReplaced: true));
    }

    /// <summary>What is left to do, or to say, for a claim that is bound; null for nothing.</summary>
    public static Step? WhileBound(ClaimView view, AddressView address, PlannerSettings settings, DateTimeOffset now)
    {
        var claim = view.Claim!;
        var pod = view.Pod!;
        if (pod.IsEnding)
        {
            return null;
        }

        // The claim goes with its Pod now: with the mark its address would be kept for nobody, if the claim were lost.
        if (!claim.IsFixed() && address.IsOwn && string.Equals(address.Name, AddressName.OfFixed(view.Key), StringComparison.Ordinal)
            && !view.RenamingDenied && Waits.AfterFailure(view, now) is null)
        {
            return Unmark(claim, address);
        }

        return claim.IsFixed() && DemandAgainst.Of(pod.Reading.Demand, claim, settings) is DemandAgainst.Kind.Another
            ? Immutable(address, "the Pod", Words.Difference(pod.Reading.Demand, claim))
            : Resize(view, address, settings, now);
    }

    /// <summary>What is left to do, or to say, for a claim that is retained, where its spec counts; null for nothing.</summary>
    public static Step? WhileRetained(ClaimView view, AddressView address, PlannerSettings settings, DateTimeOffset now)
    {
        var claim = view.Claim!;
        if (claim.Status.Origin is AddressOrigin.Own && claim.Spec.Attributes is { } spec && spec.HasHashWith(spec.BandwidthMbps, claim.Status.AttributeHash))
        {
            return Resize(view, address, settings, now);
        }

        var demand = DemandReader.Read(claim.Spec, settings.Demands).Demand;
        return demand switch
        {
            PodDemand.Invalid invalid => new Step.Wait(
                Reasons.InvalidAnnotation, $"{Words.OfInvalid(invalid)}; {address.Id} stays as it is", Warning: EventReasons.InvalidEIPAttributes),
            PodDemand.NewAddress wanted when claim.Status.Origin is AddressOrigin.Own && wanted.Attributes != claim.Spec.Attributes =>
                new Step.UpdateSpec(claim.Spec with { Attributes = wanted.Attributes }),
            _ when DemandAgainst.Of(demand, claim, settings) is DemandAgainst.Kind.Another => Immutable(address, "the spec", null),
            _ => Resize(view, address, settings, now),
        };
    }

    /// <summary>Brings the bandwidth of an own address to what the spec says; null when it is, or that is not known.</summary>
    public static Step? Resize(ClaimView view, AddressView address, PlannerSettings settings, DateTimeOffset now)
    {
        var claim = view.Claim!;
        var status = claim.Status;
        if (!address.IsOwn || address is { State: AddressState.Unbound, MayYetBind: true } || settings.Demands.LegacyAccount || !claim.Records(address) || status is not { Origin: AddressOrigin.Own, AttributeHash: { } hash }
            || claim.Spec.Attributes is not { BandwidthMbps: { } wanted } spec || address.BandwidthMbps is not { } has)
        {
            return null;
        }

        var isSettled = spec.HasHashWith(wanted, hash);
        if (!isSettled && !spec.HasHashWith(status.BandwidthMbps, hash))
        {
            return null;
        }

        if (has == wanted)
        {
            return isSettled ? null : new Step.WriteStatus(new StatusChange.Resized(wanted));
        }

        var drift = isSettled ? $"somebody changed the bandwidth of {address.Id} from {wanted} to {has} Mbps" : null;
        if (drift is not null && settings.Drift is not DriftPolicy.Repair)
        {
            return settings.Drift is DriftPolicy.Report
                ? new Step.Wait(Reasons.BandwidthChanged, $"{drift}; --drift=Report leaves it so", Warning: EventReasons.DriftedEIP)
                : null;
        }

        return view.ResizeFailure is { } failure && failure.RetryAt > now
            ? new Step.Wait(failure.Reason, $"the bandwidth of {address.Id} stays {has} Mbps: {failure.Message}", failure.RetryAt, Warning: EventReasons.FailedResizeEIP)
            : new Step.Resize(address.Id, wanted, drift);
    }

    private static Step.Rename Unmark(EipClaim claim, AddressView address) =>
        new(address.Id, AddressName.OfFreed(claim.Status.AttributeHash ?? claim.Spec.Attributes?.Hash ?? "unknown"));

    private static Step.Wait Immutable(AddressView address, string who, string? difference) => new(
        Reasons.AttributesImmutable,
        $"{who} asks for what {address.Id} can't become{difference}: of a fixed address only the bandwidth changes, so it stays as it is; delete the claim to get another",
        Warning: EventReasons.AttributesImmutable);
}
