using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.View;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Tests.Vocabulary;

/// <summary>The usual case of everything a view is made of; a test says only what is different about its own.</summary>
internal static class Given
{
    public const string Uid = "uid-of-web-0";
    public const string EarlierUid = "uid-of-the-web-0-before";
    public const string Id = "eip-aaaa";
    public const string PublicIp = "1.2.3.4";

    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    public static readonly ClaimKey Key = new("shop", "web-0");
    public static readonly ClaimKey OtherKey = new("shop", "web-1");
    public static readonly NetworkTarget Here = new("eni-here", "10.0.0.5");
    public static readonly NetworkTarget Before = new("eni-before", "10.0.0.4");
    public static readonly NetworkTarget Elsewhere = new("eni-elsewhere", "10.9.9.9");
    public static readonly AddressAttributes Attributes = new() { BandwidthMbps = 100, InternetChargeType = AddressAttributes.DefaultChargeType };
    public static readonly string FixedName = AddressName.OfFixed(Key);

    /// <summary>A running Pod on VPC-CNI that asks for a bought address; its private IP is <see cref="Here"/>'s.</summary>
    public static PodView Pod() => new()
    {
        Key = Key,
        Uid = Uid,
        NodeName = "node-1",
        PrivateIp = Here.PrivateIp,
        Ordinal = 0,
        Reading = new DemandReading { Demand = new PodDemand.NewAddress(Attributes) },
    };

    /// <summary>A claim that the controller made: it wants a bought address and has none.</summary>
    public static EipClaim Claim() => new()
    {
        Metadata = new ClaimMetadata { Namespace = Key.Namespace, Name = Key.Name, Uid = "uid-of-claim", Generation = 1, Finalizers = [PodEipNames.Finalizer],
            Annotations = new Dictionary<string, string> { [PodEipNames.CreatedBy] = PodEipNames.CreatedByController } },
        Spec = new EipClaimSpec { Attributes = Attributes, DeletePolicy = DeletePolicy.Delete },
    };

    /// <summary>A free own address that the claim holds.</summary>
    public static AddressView Address(string id = Id) => new()
    {
        Id = id,
        State = AddressState.Unbound,
        PublicIp = PublicIp,
        Name = AddressName.OfPurchase("abcdefgh", Attributes.Hash),
        IsOwn = true,
        IsManaged = true,
        Holder = Key,
    };

    /// <summary>A free address of the user's, held by nobody.</summary>
    public static AddressView GivenAddress(string id) => new() { Id = id, State = AddressState.Unbound, PublicIp = PublicIp, Name = "theirs" };

    /// <summary>A view without Pod, claim or address; the absence of the Pod is confirmed, and the book is complete.</summary>
    public static ClaimView Nothing() => new() { Key = Key, PodPresence = PodPresence.ConfirmedAbsent, PodCheckedAt = Now, BookIsComplete = true };

    /// <summary>A living Pod without a claim.</summary>
    public static ClaimView OnlyAPod() => Nothing().With(Pod()).Found(Here);

    /// <summary>A living Pod and its claim, which has no address yet.</summary>
    public static ClaimView AWaitingClaim() => OnlyAPod().With(Claim());

    /// <summary>A living Pod, its claim and an unbound address that the status names.</summary>
    public static ClaimView AnAllocatedClaim() => AWaitingClaim().With(Claim().Allocated()).With(Address());

    /// <summary>All is done: bound, recorded, published.</summary>
    public static ClaimView ABoundClaim() =>
        OnlyAPod().With(Pod() with { PublishedIp = PublicIp }).With(Claim().Bound()).With(Address().BoundTo(Here));

    /// <summary>All is done for a fixed claim.</summary>
    public static ClaimView AFixedBoundClaim() =>
        ABoundClaim().With(Pod().Fixed() with { PublishedIp = PublicIp }).With(Claim().Fixed().Bound()).With(Address().Marked().BoundTo(Here));

    /// <summary>A claim of a given address, bound and published.</summary>
    public static ClaimView AGivenBoundClaim() =>
        OnlyAPod().Listing("eip-one").With(Pod().Listing("eip-one") with { PublishedIp = PublicIp })
            .With(Claim().Listing("eip-one").Bound("eip-one")).With(GivenAddress("eip-one").HeldBy(Key).BoundTo(Here));

    /// <summary>The Pod is gone for certain; the claim, bound, is left.</summary>
    public static ClaimView AClaimWithoutPod() => ABoundClaim().PodGone();
}
