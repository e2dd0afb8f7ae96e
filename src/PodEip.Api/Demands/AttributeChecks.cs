using System.Text.RegularExpressions;

namespace PodEip.Api.Demands;

/// <summary>Fills in what attributes leave out, and checks what goes together; the same for an annotation and for a claim's spec.</summary>
public static partial class AttributeChecks
{
    /// <summary>Lines: BGP, and the static single lines.</summary>
    public static IReadOnlyList<string> ServiceProviders { get; } = [AddressAttributes.DefaultServiceProvider, "CMCC", "CTCC", "CUCC"];

    /// <summary>Ways to bill.</summary>
    public static IReadOnlyList<string> ChargeTypes { get; } =
        [AddressAttributes.DefaultChargeType, "BANDWIDTH_POSTPAID_BY_HOUR", AddressAttributes.PackageChargeType, AddressAttributes.PrepaidChargeType];

    /// <summary>Kinds of addresses. AntiDDoSEIP is not among them: it needs a package that no annotation can name.</summary>
    public static IReadOnlyList<string> AddressTypes { get; } = [AddressAttributes.DefaultAddressType, "AnycastEIP", "HighQualityEIP", "ResidentialEIP"];

    /// <summary>Zones an Anycast address is published in.</summary>
    public static IReadOnlyList<string> AnycastZones { get; } = ["ANYCAST_ZONE_OVERSEAS", "ANYCAST_ZONE_GLOBAL"];

    /// <summary>Fills in the defaults (100 Mbps, BGP, by traffic) and refuses what cannot be bought. Idempotent.</summary>
    /// <param name="attributes">What was asked for.</param>
    /// <param name="rules">What the operator and the account allow.</param>
    public static Parsed<AddressAttributes> Complete(AddressAttributes attributes, AttributeRules rules)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        ArgumentNullException.ThrowIfNull(rules);
        return Refuse(attributes, rules) is { } refusal ? refusal : Fill(attributes, rules);
    }

    private static AddressAttributes Fill(AddressAttributes attributes, AttributeRules rules)
    {
        var filled = attributes with { AddressType = attributes.AddressType == AddressAttributes.DefaultAddressType ? null : attributes.AddressType };
        if (rules.LegacyAccount)
        {
            return filled with { BandwidthMbps = null, InternetChargeType = null };
        }

        return filled with
        {
            BandwidthMbps = attributes.BandwidthMbps ?? AddressAttributes.DefaultBandwidthMbps,
            InternetChargeType = attributes.InternetChargeType ?? AddressAttributes.DefaultChargeType,
            PrepaidMonths = attributes.InternetChargeType == AddressAttributes.PrepaidChargeType ? attributes.PrepaidMonths ?? 1 : null,
        };
    }

    private static Refusal? Refuse(AddressAttributes a, AttributeRules rules)
    {
        var package = a.InternetChargeType == AddressAttributes.PackageChargeType;
        return a switch
        {
            { BandwidthMbps: < 1 } => new($"bandwidth is {a.BandwidthMbps} Mbps: want at least 1"),
            { InternetServiceProvider: var isp } when !ServiceProviders.Contains(isp) => Not("InternetServiceProvider", isp, ServiceProviders),
            { InternetChargeType: { } charge } when !ChargeTypes.Contains(charge) => Not("InternetChargeType", charge, ChargeTypes),
            { AddressType: { } type } when !AddressTypes.Contains(type) => Not("AddressType", type, AddressTypes),
            { AnycastZone: { } zone } when !AnycastZones.Contains(zone) => Not("AnycastZone", zone, AnycastZones),
            { BandwidthPackageId: { } id } when !PackageForm().IsMatch(id) => new($"BandwidthPackageId is {Quoted.Value(id)}: want an id such as bwp-1a2b3c4d"),
            { Egress: { } egress } when !EgressForm().IsMatch(egress) => new($"Egress is {Quoted.Value(egress)}: want a name such as center_egress1"),
            { InternetChargeType: AddressAttributes.PrepaidChargeType } when !rules.AllowPrepaid =>
                new($"InternetChargeType is {Quoted.Value(AddressAttributes.PrepaidChargeType)}: the operator does not allow addresses paid by the month; want one of {string.Join(", ", ChargeTypes.SkipLast(1))}"),
            { PrepaidMonths: { } months } when a.InternetChargeType != AddressAttributes.PrepaidChargeType =>
                new($"months to pay for are {months}: want them only with InternetChargeType {AddressAttributes.PrepaidChargeType}"),
            { PrepaidMonths: { } months } when months is not ((>= 1 and <= 12) or 24 or 36) => new($"months to pay for are {months}: want 1 to 12, 24 or 36"),
            { BandwidthPackageId: { } id } when rules.LegacyAccount => new($"BandwidthPackageId is {Quoted.Value(id)}: an account that bills by CVM has no bandwidth packages for addresses; leave it out"),
            { BandwidthPackageId: { } id } when !package => new($"BandwidthPackageId is {Quoted.Value(id)}: it needs InternetChargeType {AddressAttributes.PackageChargeType}, which is {Quoted.Value(a.InternetChargeType ?? AddressAttributes.DefaultChargeType)}"),
            { BandwidthPackageId: null } when package && !rules.LegacyAccount => new($"InternetChargeType is {Quoted.Value(AddressAttributes.PackageChargeType)}: it needs BandwidthPackageId, an id such as bwp-1a2b3c4d"),
            _ => null,
        };
    }

    private static Refusal Not(string field, string value, IReadOnlyList<string> allowed) => new($"{field} is {Quoted.Value(value)}: want one of {string.Join(", ", allowed)}");

    [GeneratedRegex(@"\Abwp-[a-z0-9]{1,60}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PackageForm();

    [GeneratedRegex(@"\A[a-z0-9_]{1,64}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EgressForm();
}
