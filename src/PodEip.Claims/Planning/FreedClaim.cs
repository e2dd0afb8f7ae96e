using PodEip.Api;
using PodEip.Claims.Marks;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>Rules for a claim whose Pod is gone, has ended, is leaving, or wants no address any more: unbind, then retain or end.</summary>
internal static class FreedClaim
{
    public static Step Plan(ClaimView view, DateTimeOffset now, PlannerSettings settings)
    {
        var claim = view.Claim!;
        if (view.Address is { } address && !view.IsHeldByOther(address) && !Drift.IsOthers(claim, address))
        {
            if (Reservation.WaitForNew(view, address, settings, now) is { } wait)
            {
                return wait;
            }

            var unbinding = Unbinding.Plan(view, address, now, settings);
            if (unbinding is not null)
            {
                return unbinding;
            }

            if (address.State is AddressState.Bound)
            {
                // Somebody bound it elsewhere. The claim stays as the record that it is ours.
                return Waits.ForOutsider(address, settings, now);
            }
        }

        if (view.PodShowsAddress())
        {
            return new Step.PublishOnPod(null);
        }

        if (claim.IsFixed())
        {
            return Keep(view, now, settings);
        }

        if (Reservation.IsUntouched(view))
        {
            return new Step.Wait(
                Reasons.WaitingForPod, "spec.deletePolicy is not Never, so nothing is reserved: it serves the next Pod of this name, and goes with it");
        }

        // Its Pod may be gone for days when the policy of a retained claim is changed.
        return view.Pod is null && !Retention.IsPodChecked(view, settings, now) ? new Step.ConfirmPodAbsent() : new Step.EndClaim();
    }

    private static Step Keep(ClaimView view, DateTimeOffset now, PlannerSettings settings)
    {
        var claim = view.Claim!;
        if (!claim.HasFinalizer())
        {
            return new Step.AddFinalizer();
        }

        if (view.Address is not { } address)
        {
            // Its address is recognised by its mark even when the status was lost.
            return view.Candidate is { } marked && !view.IsHeldByOther(marked) && string.Equals(marked.Name, AddressName.OfFixed(view.Key), StringComparison.Ordinal)
                ? new Step.Take(marked.Id)
                : Reservation.Plan(view, settings, now) ?? new Step.Wait(
                    Reasons.WaitingForPod, view.Pod is null ? "no address yet, and no Pod of that name" : "no address yet, and the Pod of that name asks for none");
        }

        if (view.IsHeldByOther(address))
        {
            return new Step.WriteStatus(new StatusChange.Dropped(Reasons.AddressTakenByOtherClaim, $"{address.Id} belongs to the claim {address.Holder}"));
        }

        if (Retention.End(view, settings, now) is { } end)
        {
            return end;
        }

        if (Drift.IsOthers(claim, address))
        {
            return Drift.ForOwner(address, settings, now);
        }

        if (address.State is AddressState.Gone && !claim.Records(address))
        {
            return new Step.WriteStatus(new StatusChange.Dropped(Reasons.AddressNotFound, $"{address.Id} no longer exists in the cloud"));
        }

        if (address.State is AddressState.Gone)
        {
            return new Step.Wait(
                Reasons.AddressNotFound, $"{address.Id} no longer exists in the cloud; delete the claim to be rid of it",
                now + settings.AddressRecheck, new Need.AddressRead([address.Id]), IsProblem: true);
        }

        // A Pod may have ended before its address was marked.
        if (view.MustBeMarked(address))
        {
            return Waits.AfterFailure(view, now) ?? new Step.Rename(address.Id, AddressName.OfFixed(view.Key));
        }

        return claim.SaysRetained() && string.Equals(claim.Status.AddressId, address.Id, StringComparison.Ordinal)
            && (address.PublicIp is null || string.Equals(claim.Status.PublicIp, address.PublicIp, StringComparison.Ordinal))
            ? AtRest(view, address, settings, now)
            : new Step.WriteStatus(new StatusChange.Retained(address.Id, address.PublicIp, Retention.WordsOf(claim, settings, now)));
    }

    private static Step AtRest(ClaimView view, AddressView address, PlannerSettings settings, DateTimeOffset now)
    {
        var change = LiveChange.WhileRetained(view, address, settings, now);
        return change is null or Step.Wait ? Retention.Wait(view, change as Step.Wait, settings, now) : change;
    }
}
