using PodEip.Api;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>How an address comes off: shared by claims that are freed and claims that are deleted.</summary>
internal static class Unbinding
{
    /// <summary>The step that unbinds, or the wait until that is confirmed; null when nothing of ours is bound.</summary>
    public static Step? Plan(ClaimView view, AddressView address, DateTimeOffset now, PlannerSettings settings)
    {
        // Another claim holds it: whatever is bound there is the other's.
        if (view.IsHeldByOther(address))
        {
            return null;
        }

        switch (address.State)
        {
            case AddressState.Unread:
                return new Step.Wait(Reasons.Unbinding, $"reading {address.Id}", now + settings.Recheck, new Need.AddressRead([address.Id]));
            case AddressState.Changing:
                return Waits.Throttled(view, settings, now) ?? new Step.Wait(Reasons.Unbinding, $"the cloud works on {address.Id}", now + settings.Recheck);
        }

        // An Associate whose answer was lost may still happen: only an answered Disassociate settles it.
        if (!view.BindingIsOurs() && !(address.State is AddressState.Unbound && address.MayYetBind))
        {
            return null;
        }

        // Given and kept addresses are never destroyed (I2, I3), and the cloud would destroy this one.
        if (address.CascadeRelease && view.Claim is { } claim && (claim.UsesGivenAddresses() || (claim.IsFixed() && !claim.IsDeleting())))
        {
            return new Step.Wait(
                Reasons.AddressCascadeRelease, $"{address.Id} would be released by the cloud if it were unbound, so it stays where it is: unbind it yourself if it may go",
                now + settings.AddressRecheck, new Need.AddressRead([address.Id]), IsProblem: true);
        }

        return Waits.AfterFailure(view, now) ?? new Step.Disassociate(address.Id, view.PrivateIpHandedOn);
    }
}
