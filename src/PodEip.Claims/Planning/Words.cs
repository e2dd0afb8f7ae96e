using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>Sentences that more than one rule says.</summary>
internal static class Words
{
    public const string NotOnVpcCni = "the Pod is not on VPC-CNI, so no address can be bound to it";

    public const string Kept = "kept for the next Pod of this name";

    public static string OfInvalid(PodDemand.Invalid invalid) => invalid.Reason;

    /// <summary>What differs between what is asked for and what the claim has, in brackets; null when that is not known.</summary>
    public static string? Difference(PodDemand demand, EipClaim claim) => (demand, claim.Spec.Attributes) switch
    {
        (PodDemand.GivenAddresses given, _) => $" (one of {string.Join(", ", given.Ids)})",
        (PodDemand.NewAddress, null) => " (an address bought for it)",
        (PodDemand.NewAddress { Attributes: var wanted }, { } has) => $" ({string.Join(", ", Differences(wanted, has))})",
        _ => null,
    };

    private static IEnumerable<string> Differences(AddressAttributes wanted, AddressAttributes has)
    {
        (string Name, string? Wanted, string? Has)[] fields =
        [
            ("InternetServiceProvider", wanted.InternetServiceProvider, has.InternetServiceProvider),
            ("InternetChargeType", wanted.InternetChargeType, has.InternetChargeType),
            ("AddressType", wanted.AddressType, has.AddressType),
            ("BandwidthPackageId", wanted.BandwidthPackageId, has.BandwidthPackageId),
            ("AnycastZone", wanted.AnycastZone, has.AnycastZone),
            ("Egress", wanted.Egress, has.Egress),
            ("PrepaidMonths", Number(wanted.PrepaidMonths), Number(has.PrepaidMonths)),
            ("bandwidth", Number(wanted.BandwidthMbps), Number(has.BandwidthMbps)),
        ];
        return fields.Where(field => !string.Equals(field.Wanted, field.Has, StringComparison.Ordinal)).Select(field => $"{field.Name} {field.Wanted ?? "none"} instead of {field.Has ?? "none"}");

        static string? Number(int? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    public static string BoundOutside(AddressView address) => address.Target is { } target
        ? $"{address.Id} is bound to {target.PrivateIp} on {target.NetworkInterfaceId}, which is not this claim's doing: unbind it there if it should come here"
        : $"{address.Id} is bound to something that is no Pod: unbind it there if it should come here";
}
