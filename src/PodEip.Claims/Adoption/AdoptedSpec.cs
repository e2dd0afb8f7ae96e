using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Adoption;

/// <summary>
/// The spec of a claim as far as its address tells it. What the cloud does not say of an address (egress, anycast zone, bandwidth package,
/// months paid for) stays unsaid; a Pod of that name brings its own annotations, which win.
/// </summary>
public static class AdoptedSpec
{
    private static readonly string[] ServiceProviders = ["BGP", "CMCC", "CTCC", "CUCC"];
    private static readonly string[] ChargeTypes =
        [AddressAttributes.DefaultChargeType, "BANDWIDTH_POSTPAID_BY_HOUR", AddressAttributes.PrepaidChargeType, AddressAttributes.PackageChargeType];
    private static readonly string[] AddressTypes = ["AnycastEIP", "HighQualityEIP", "ResidentialEIP"];

    /// <summary>A fixed claim's spec. Words of the cloud that no claim may hold are left out.</summary>
    public static EipClaimSpec Of(Address address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new EipClaimSpec
        {
            DeletePolicy = DeletePolicy.Never,
            Attributes = new AddressAttributes
            {
                BandwidthMbps = address.BandwidthMbps is > 0 and var mbps ? mbps : null,
                InternetServiceProvider = Known(address.InternetServiceProvider, ServiceProviders)!,
                InternetChargeType = Known(address.InternetChargeType, ChargeTypes),
                AddressType = Known(address.AddressType, AddressTypes),
            },
        };
    }

    private static string? Known(string? word, string[] words) => words.FirstOrDefault(w => string.Equals(w, word, StringComparison.Ordinal));
}
