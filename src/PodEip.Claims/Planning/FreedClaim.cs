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
        if (view.Address is { } address)
        {
            var unbinding = Unbinding.Plan(view, address, now, settings);
            if (unbinding is not null)
            {
                return unbinding;
            }

            if (address.State is AddressState.Bound)
            {
                // Somebody bound it elsewhere. The claim stays as the record that it is ours.
                return new Step.Wait(
                    Reasons.AddressBoundOutside, Words.BoundOutside(address), now + settings.AddressRecheck,
                    new Need.AddressRead([address.Id]), IsProblem: true);
            }
        }

        if (view.Pod is { PublishedIp: not null, HasEnded: false })
        {
            return new Step.PublishOnPod(null);
        }

        return claim.IsFixed() ? Keep(view, now, settings) : new Step.EndClaim();
    }

    private static Step Keep(ClaimView view, DateTimeOffset now, PlannerSettings settings)
    {
        var claim = view.Claim!;
        if (view.Address is not { } address)
        {
            // Its address is recognised by its mark even when the status was lost.
            return view.Candidate is { } marked && string.Equals(marked.Name, AddressName.OfFixed(view.Key), StringComparison.Ordinal)
                ? new Step.Take(marked.Id)
                : new Step.Wait(Reasons.WaitingForPod, "no address yet, and no Pod of that name");
        }

        if (address.State is AddressState.Gone)
        {
            return new Step.Wait(
                Reasons.AddressNotFound, $"{address.Id} no longer exists in the cloud; delete the claim to be rid of it",
                now + settings.AddressRecheck, new Need.AddressRead([address.Id]), IsProblem: true);
        }

        // A Pod may have ended before its address was marked.
        if (address.IsOwn && !claim.UsesGivenAddresses() && !string.Equals(address.Name, AddressName.OfFixed(view.Key), StringComparison.Ordinal))
        {
            return view.Failure is { } failure && failure.RetryAt > now
                ? new Step.Wait(failure.Reason, failure.Message, failure.RetryAt, IsProblem: true)
                : new Step.Rename(address.Id, AddressName.OfFixed(view.Key));
        }

        return claim.Status is { RetainedSince: not null, PodUid: null, AddressId: { } id } && string.Equals(id, address.Id, StringComparison.Ordinal)
            ? new Step.Rest()
            : new Step.WriteStatus(new StatusChange.Retained(address.Id, address.PublicIp));
    }
}
