using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Claims.View;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Tests.Vocabulary;

/// <summary>What may be different about a claim, and about an address.</summary>
internal static class ClaimsAndAddresses
{
    public static readonly BindingIntent ToHere = new(Given.Uid, "node-1", Given.Here);

    public static EipClaim Fixed(this EipClaim claim) => claim with { Spec = claim.Spec with { DeletePolicy = DeletePolicy.Never } };

    public static EipClaim Listing(this EipClaim claim, params string[] ids) => claim with { Spec = claim.Spec with { Attributes = null, AddressIds = ids } };

    public static EipClaim Deleted(this EipClaim claim) => claim with { Metadata = claim.Metadata with { DeletionTimestamp = Given.Now } };

    public static EipClaim WithoutFinalizer(this EipClaim claim) => claim with { Metadata = claim.Metadata with { Finalizers = [] } };

    /// <summary>A user made it, and nobody has touched it since.</summary>
    public static EipClaim ByHand(this EipClaim claim) => claim with { Metadata = claim.Metadata with { Annotations = null, Finalizers = null } };

    public static EipClaim WithFinalizer(this EipClaim claim) => claim with { Metadata = claim.Metadata with { Finalizers = [PodEipNames.Finalizer] } };

    public static EipClaim Says(this EipClaim claim, StatusChange change, DateTimeOffset? at = null) =>
        claim with { Status = ClaimStatuses.Apply(claim, change, at ?? Given.Now) };

    public static EipClaim Allocated(this EipClaim claim, string id = Given.Id) =>
        claim.Says(new StatusChange.Allocated(id, Given.PublicIp, !claim.UsesGivenAddresses(), null));

    public static EipClaim Binding(this EipClaim claim, string id = Given.Id, BindingIntent? to = null) =>
        claim.Allocated(id).Says(new StatusChange.Binding(to ?? ToHere));

    public static EipClaim Bound(this EipClaim claim, string id = Given.Id, BindingIntent? to = null) =>
        claim.Binding(id, to).Says(new StatusChange.Bound(to ?? ToHere, Given.PublicIp));

    public static EipClaim Retained(this EipClaim claim, string id = Given.Id) =>
        claim.Bound(id).Says(new StatusChange.Retained(id, Given.PublicIp));

    public static EipClaim RetainedFor(this EipClaim claim, TimeSpan time, string id = Given.Id) =>
        claim.Bound(id).Says(new StatusChange.Retained(id, Given.PublicIp), Given.Now - time);

    public static EipClaim ExpiringAfter(this EipClaim claim, string? text) => claim with { Spec = claim.Spec with { ExpireAfter = text } };

    public static AddressView BoundTo(this AddressView address, NetworkTarget? target) => address with { State = AddressState.Bound, Target = target };

    public static AddressView In(this AddressView address, AddressState state) => address with { State = state };

    public static AddressView HeldBy(this AddressView address, ClaimKey? holder) => address with { Holder = holder };

    public static AddressView Marked(this AddressView address) => address with { Name = Given.FixedName };
}
