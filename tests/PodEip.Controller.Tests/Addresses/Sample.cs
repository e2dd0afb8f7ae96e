using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.Stock;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;

namespace PodEip.Controller.Tests.Addresses;

/// <summary>Facts the unit tests speak about.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly ClaimKey Web0 = new("default", "web-0");
    public static readonly ClaimKey Web1 = new("default", "web-1");
    public static readonly ClusterMark Mark = new("cls-test", "uid-of-kube-system");
    public static readonly NetworkTarget HereIp = new("eni-a", "10.0.1.5");
    public static readonly NetworkTarget ThereIp = new("eni-b", "10.0.1.6");

    public static readonly AddressAttributes Attributes = new() { BandwidthMbps = 100, InternetChargeType = AddressAttributes.DefaultChargeType };

    public static readonly AddressAttributes OtherAttributes = Attributes with { BandwidthMbps = 5 };

    public static Address Own(string id, AddressStatus status = AddressStatus.Unbound, NetworkTarget? target = null, string? name = null) => new()
    {
        Id = id,
        Status = status,
        Target = target,
        Name = name ?? AddressName.OfPurchase("batchaaa", Attributes.Hash),
        PublicIp = "203.0.113.7",
        Tags = Mark.Tags,
    };

    public static Address Given(string id, AddressStatus status = AddressStatus.Unbound, NetworkTarget? target = null) =>
        new() { Id = id, Status = status, Target = target, PublicIp = "203.0.113.8" };

    public static PurchaseIntent Intent(string batchId = "batchaaa", int count = 1, AddressAttributes? attributes = null) =>
        new(batchId, count, attributes ?? Attributes, Start);

    public static CloudException Error(CloudErrorClass errorClass, string code = "Some.Code", string action = "AssociateAddress") =>
        new(errorClass, action, code, "words of the cloud", "req-1");

    public static EipClaim Claim(ClaimKey key, string? addressId = null, NetworkTarget? target = null, DateTimeOffset? createdAt = null, bool isFixed = false) => new()
    {
        Metadata = new ClaimMetadata
        {
            Namespace = key.Namespace, Name = key.Name, Uid = "claim-of-" + key.Name, ResourceVersion = "1", Generation = 1,
            CreationTimestamp = createdAt ?? Start, Finalizers = [PodEipNames.Finalizer],
        },
        Spec = new EipClaimSpec { Attributes = Attributes, DeletePolicy = isFixed ? DeletePolicy.Never : DeletePolicy.Delete },
        Status = new EipClaimStatus { AddressId = addressId, NetworkInterfaceId = target?.NetworkInterfaceId, PrivateIp = target?.PrivateIp },
    };
}
