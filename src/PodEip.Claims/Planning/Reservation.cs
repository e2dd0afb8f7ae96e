using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Marks;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>
/// Claims that a user made before there is a Pod of that name (B19). A fixed one gets its address at once, by what its spec
/// says. One that the controller made for a Pod that went before it had an address buys nothing: an annotation tells them apart.
/// </summary>
internal static class Reservation
{
    /// <summary>Finds a fixed claim without address one of its own; null when it is none that a user made, or a Pod of that name is there.</summary>
    public static Step? Plan(ClaimView view, PlannerSettings settings, DateTimeOffset now)
    {
        var claim = view.Claim!;
        if (!claim.IsMadeByHand() || view.Pod is not null || claim.Status.AddressId is not null)
        {
            return null;
        }

        return DemandReader.Read(claim.Spec, settings.Demands).Demand switch
        {
            PodDemand.Invalid invalid => new Step.Wait(Reasons.InvalidAnnotation, $"{Words.OfInvalid(invalid)}; nothing is bought", IsProblem: true),
            PodDemand.GivenAddresses => GivenAddressChoice.Reserve(view, settings, now),
            PodDemand.NewAddress wanted when wanted.Attributes != claim.Spec.Attributes => new Step.UpdateSpec(claim.Spec with { Attributes = wanted.Attributes }),
            PodDemand.NewAddress wanted => OwnAddressChoice.Reserve(view, wanted.Attributes, settings, now),
            _ => new Step.Wait(
                Reasons.InvalidRequest,
                "the spec names neither attributes nor addressIds: want attributes ({} for the defaults) to have an address bought, or addressIds to use one of yours",
                IsProblem: true),
        };
    }

    /// <summary>The wait for an address that is only being made, and so can't be coming off anything; null for others.</summary>
    public static Step? WaitForNew(ClaimView view, AddressView address, PlannerSettings settings, DateTimeOffset now) =>
        view.Pod is null && address.State is AddressState.Changing && !view.Claim!.Records(address) && !AddressName.IsFixed(address.Name)
            ? new Step.Wait(Reasons.WaitingForAddress, $"the cloud works on {address.Id}", now + settings.Recheck)
            : null;

    /// <summary>A user made it and it has served no Pod yet: it is the user's to delete. It gets our finalizer with its first Pod.</summary>
    public static bool IsUntouched(ClaimView view) =>
        view.Claim!.IsMadeByHand() && !view.Claim!.HasFinalizer() && view.Claim!.Status.AddressId is null && view.Address is null;
}
