using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Model;

/// <summary>A purchase whose parameters were checked.</summary>
/// <param name="Count">How many.</param>
/// <param name="Template">What each becomes.</param>
internal sealed record PurchaseOrder(int Count, ElasticAddress Template)
{
    private const string Prepaid = "BANDWIDTH_PREPAID_BY_MONTH";
    private const string Package = "BANDWIDTH_PACKAGE";

    private static readonly string[] Types = ["EIP", "AnycastEIP", "HighQualityEIP", "AntiDDoSEIP", "ResidentialEIP"];
    private static readonly string[] Lines = ["BGP", "CMCC", "CTCC", "CUCC"];
    private static readonly string[] Egresses = ["center_egress1", "center_egress2", "center_egress3"];
    private static readonly string[] Zones = ["ANYCAST_ZONE_OVERSEAS", "ANYCAST_ZONE_GLOBAL"];
    private static readonly string[] ChargeTypes = ["TRAFFIC_POSTPAID_BY_HOUR", "BANDWIDTH_POSTPAID_BY_HOUR", Prepaid, Package];

    public bool IsSingleIsp => Template.Isp != "BGP";

    public static PurchaseOrder Check(AllocateAddressesCall call, CloudSettings settings)
    {
        var count = call.Count ?? 1;
        if (count < 1 || (settings.MaxAllocate > 0 && count > settings.MaxAllocate))
        {
            throw new CloudFault("InvalidParameterValue.Range", $"AddressCount is {count}; it must lie between 1 and {settings.MaxAllocate}.");
        }

        var type = OneOf("AddressType", call.AddressType ?? "EIP", Types);
        var isp = OneOf("InternetServiceProvider", call.Isp ?? "BGP", Lines);
        Require(settings.Isps.Contains(isp), "UnsupportedOperation.AccountNotSupported", $"The account may not buy {isp} addresses.");
        Require(!settings.NoBalance, "FailedOperation.BalanceInsufficient", "The balance of the account is too low.");
        Require(call.AnycastZone is null || type == "AnycastEIP", "InvalidParameterValue.Combination", "AnycastZone goes with AddressType `AnycastEIP` only.");
        Require(type != "AntiDDoSEIP" || call.AntiDDoSPackageId is not null, "InvalidParameterValue.Combination", "AddressType `AntiDDoSEIP` needs AntiDDoSPackageId.");
        Require(
            call.Egress is null || type == "HighQualityEIP" || isp != "BGP",
            "InvalidParameterValue.Combination",
            "Egress goes with premium BGP (AddressType `HighQualityEIP`) and static single-line addresses only.");
        var (chargeType, bandwidth) = Billing(call, settings);
        return new PurchaseOrder(count, new ElasticAddress
        {
            Id = "",
            Status = AddressStatus.Creating,
            Name = call.Name is { Length: > 0 } name ? AddressNames.Check(name, settings.NameLimit, settings.LongNames) : null,
            Type = type,
            Isp = isp,
            ChargeType = chargeType,
            Bandwidth = bandwidth,
            BandwidthPackageId = call.BandwidthPackageId,
            Egress = call.Egress is null ? null : OneOf("Egress", call.Egress, Egresses),
            AnycastZone = call.AnycastZone is null ? null : OneOf("AnycastZone", call.AnycastZone, Zones),
        });
    }

    public static void CheckBandwidth(int mbps, string? chargeType, CloudSettings settings)
    {
        var most = chargeType switch { Package => 2000, Prepaid => Math.Max(200, settings.MaxBandwidth), _ => settings.MaxBandwidth };
        Require(mbps >= 1, "InvalidParameterValue.BandwidthTooSmall", $"InternetMaxBandwidthOut is {mbps} Mbps; at least 1 is needed.");
        Require(mbps <= most, "InvalidParameterValue.BandwidthOutOfRange", $"InternetMaxBandwidthOut is {mbps} Mbps; at most {most} are allowed.");
    }

    private static (string? ChargeType, int? Bandwidth) Billing(AllocateAddressesCall call, CloudSettings settings)
    {
        if (settings.LegacyAccount)
        {
            Require(
                call.ChargeType is null && call.Bandwidth is null,
                "UnsupportedOperation.AccountNotSupported",
                "InternetChargeType and InternetMaxBandwidthOut cannot be given on an account that is billed by CVM.");
            return (null, null);
        }

        var chargeType = OneOf("InternetChargeType", call.ChargeType ?? ChargeTypes[0], ChargeTypes);
        Require(
            (chargeType == Prepaid) == (call.Prepaid is not null),
            "InvalidParameterValue.Combination",
            $"AddressChargePrepaid goes with InternetChargeType `{Prepaid}`, and only with it.");
        Require(
            call.Prepaid is null || call.Prepaid is { Period: (>= 1 and <= 12) or 24 or 36, AutoRenew: >= 0 and <= 2 },
            "InvalidParameterValue.Range",
            "AddressChargePrepaid: Period is 1 to 12, 24 or 36, AutoRenewFlag 0, 1 or 2.");
        Require(call.BandwidthPackageId is null || chargeType == Package, "InvalidParameterValue.Combination", $"BandwidthPackageId needs InternetChargeType `{Package}`.");
        if (call.BandwidthPackageId is { } package)
        {
            Require(ResourceIds.IsWellFormed(package, "bwp-"), "InvalidParameterValue.BandwidthPackageIdMalformed", $"`{package}` is no bandwidth package id.");
            Require(settings.BandwidthPackages.Contains(package), "InvalidParameterValue.BandwidthPackageNotFound", $"There is no bandwidth package `{package}`.");
        }

        var bandwidth = call.Bandwidth ?? 1;
        CheckBandwidth(bandwidth, chargeType, settings);
        return (chargeType, bandwidth);
    }

    private static string OneOf(string field, string value, string[] allowed) => allowed.Contains(value)
        ? value
        : throw new CloudFault("InvalidParameterValue", $"{field} is `{value}`; allowed are {string.Join(", ", allowed)}.");

    private static void Require(bool good, string code, string message)
    {
        if (!good)
        {
            throw new CloudFault(code, message);
        }
    }
}
