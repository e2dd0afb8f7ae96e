using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.View;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Planning;

/// <summary>Short questions about a claim, in the words of the rules.</summary>
public static class ClaimFacts
{
    /// <summary>It carries a deletion timestamp.</summary>
    public static bool IsDeleting(this EipClaim claim) => claim.Metadata.DeletionTimestamp is not null;

    /// <summary>It carries our finalizer.</summary>
    public static bool HasFinalizer(this EipClaim claim) => claim.Metadata.Finalizers?.Contains(PodEipNames.Finalizer) ?? false;

    /// <summary>It outlives its Pod.</summary>
    public static bool IsFixed(this EipClaim claim) => claim.Spec.DeletePolicy is DeletePolicy.Never;

    /// <summary>A user made it, and not the controller for a Pod.</summary>
    public static bool IsMadeByHand(this EipClaim claim) => !(claim.Metadata.Annotations?.ContainsKey(PodEipNames.CreatedBy) ?? false);

    /// <summary>It uses addresses that the user named.</summary>
    public static bool UsesGivenAddresses(this EipClaim claim) => claim.Spec.AddressIds is { Count: > 0 };

    /// <summary>Its status names that address; otherwise it is only reserved for it.</summary>
    public static bool Records(this EipClaim claim, AddressView address) => string.Equals(claim.Status.AddressId, address.Id, StringComparison.Ordinal);

    /// <summary>True when the view's own address lacks the mark that a fixed claim's address must carry, and may be given it.</summary>
    public static bool MustBeMarked(this ClaimView view, AddressView address) =>
        address.IsOwn
        && view.Claim is { } claim && claim.IsFixed() && !claim.UsesGivenAddresses()
        && !view.RenamingDenied
        && !string.Equals(address.Name, AddressName.OfFixed(view.Key), StringComparison.Ordinal);

    /// <summary>Its status says bound.</summary>
    public static bool SaysBound(this EipClaim claim) => claim.Status.Phase is ClaimPhase.Bound;

    /// <summary>Its status is complete and of the present spec: bound, without a trouble or a notice that is over by now.</summary>
    internal static bool SaysReady(this EipClaim claim) =>
        claim.Status.ObservedGeneration == claim.Metadata.Generation
        && claim.Status.Condition(ConditionTypes.Ready) is { Status: ConditionStatuses.True, Reason: Reasons.Bound };

    /// <summary>Its status is complete and of the present spec: kept for the next Pod.</summary>
    internal static bool SaysRetained(this EipClaim claim) =>
        claim.Status is { Phase: ClaimPhase.Retained, RetainedSince: not null, PodUid: null }
        && claim.Status.ObservedGeneration == claim.Metadata.Generation;

    /// <summary>Another claim has it: whatever is to be done with it is the other's to do (I4).</summary>
    internal static bool IsHeldByOther(this ClaimView view, AddressView address) => address.Holder is { } holder && holder != view.Key;

    /// <summary>The Pod shows an address. A Pod that vanishes at this moment is not worth a write.</summary>
    internal static bool PodShowsAddress(this ClaimView view) => view.Pod is { PublishedIp: not null } pod && !(pod is { HasEnded: true, IsEnding: true });

    /// <summary>The Pod has the private IP of that place; on which ENI it is may not be known.</summary>
    internal static bool HasPrivateIpOf(this PodView? pod, NetworkTarget? target) =>
        pod?.PrivateIp is { } ip && string.Equals(target?.PrivateIp, ip, StringComparison.Ordinal);

    /// <summary>Where its status says the address is bound, or was about to be; null for nowhere.</summary>
    public static NetworkTarget? RecordedTarget(this EipClaim claim) =>
        claim.Status is { NetworkInterfaceId: { } eni, PrivateIp: { } ip } ? new NetworkTarget(eni, ip) : null;

    /// <summary>
    /// True when the binding of the view's address is this claim's doing: it is where the status recorded it before
    /// the bind was sent, or where the Pod lives. Any other binding is somebody else's, and is never undone (I2).
    /// </summary>
    public static bool BindingIsOurs(this ClaimView view)
    {
        if (view.Address is not { State: AddressState.Bound, Target: { } bound } || view.Claim is null)
        {
            return false;
        }

        // What is recorded is recorded of the address the status names.
        return (bound == view.Claim.RecordedTarget() && string.Equals(view.Claim.Status.AddressId, view.Address.Id, StringComparison.Ordinal))
            || (view.Target is TargetLookup.Found found && found.Target == bound);
    }
}
