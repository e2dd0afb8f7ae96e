using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using PodEip.Api.Schema;

namespace PodEip.Api.Demands;

/// <summary>What kind of address to buy; the words of AllocateAddresses.</summary>
public sealed record AddressAttributes
{
    /// <summary>Default outbound cap in Mbps (the document's; the raw API's is 1).</summary>
    public const int DefaultBandwidthMbps = 100;

    /// <summary>Default line.</summary>
    public const string DefaultServiceProvider = "BGP";

    /// <summary>Default billing: by traffic, hourly.</summary>
    public const string DefaultChargeType = "TRAFFIC_POSTPAID_BY_HOUR";

    /// <summary>Billing by the month, paid before; needs the operator's permission.</summary>
    public const string PrepaidChargeType = "BANDWIDTH_PREPAID_BY_MONTH";

    /// <summary>Billing through a bandwidth package.</summary>
    public const string PackageChargeType = "BANDWIDTH_PACKAGE";

    /// <summary>The address type the cloud gives when none is named.</summary>
    public const string DefaultAddressType = "EIP";

    /// <summary>Outbound cap in Mbps; absent on legacy accounts. How much is allowed differs by region and account: the cloud judges.</summary>
    [Schema(Minimum = 1, Maximum = int.MaxValue)]
    public int? BandwidthMbps { get; init; }

    /// <summary>Line: BGP, or a static single line of China Mobile (CMCC), Telecom (CTCC) or Unicom (CUCC).</summary>
    [Schema(Enum = ["BGP", "CMCC", "CTCC", "CUCC"])]
    public string InternetServiceProvider { get; init => field = value ?? DefaultServiceProvider; } = DefaultServiceProvider;

    /// <summary>How traffic is billed; absent on legacy accounts.</summary>
    [Schema(Enum = [DefaultChargeType, "BANDWIDTH_POSTPAID_BY_HOUR", PrepaidChargeType, PackageChargeType])]
    public string? InternetChargeType { get; init; }

    /// <summary>Kind of address; absent means an ordinary EIP.</summary>
    [Schema(Enum = [DefaultAddressType, "AnycastEIP", "HighQualityEIP", "ResidentialEIP"])]
    public string? AddressType { get; init; }

    /// <summary>Bandwidth package to join; only with charge type BANDWIDTH_PACKAGE.</summary>
    [Schema(Pattern = "^bwp-[a-z0-9]+$", MaxLength = 64)]
    public string? BandwidthPackageId { get; init; }

    /// <summary>Anycast publishing zone.</summary>
    [Schema(Enum = ["ANYCAST_ZONE_OVERSEAS", "ANYCAST_ZONE_GLOBAL"])]
    public string? AnycastZone { get; init; }

    /// <summary>Network egress, center_egress1 and so on.</summary>
    [Schema(Pattern = "^[a-z0-9_]+$", MaxLength = 64)]
    public string? Egress { get; init; }

    /// <summary>Months to pay for; only with charge type BANDWIDTH_PREPAID_BY_MONTH.</summary>
    [Schema(Minimum = 1, Maximum = 36)]
    public int? PrepaidMonths { get; init; }

    /// <summary>
    /// Six characters of <c>a-z0-9</c> that are equal for equal attributes, in every release: stock is matched by them, and they are
    /// written into address names. A field that is absent adds nothing, so that new fields leave old hashes alone.
    /// </summary>
    [JsonIgnore]
    public string Hash
    {
        get
        {
            var digest = SHA256.HashData(Encoding.UTF8.GetBytes(Canonical()));
            var number = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(digest);
            return string.Create(6, number, static (hash, rest) =>
            {
                foreach (ref var c in hash)
                {
                    c = "abcdefghijklmnopqrstuvwxyz0123456789"[(int)(rest % 36)];
                    rest /= 36;
                }
            });
        }
    }

    /// <summary>True when an address of these attributes can become one of the others without a new purchase: only the bandwidth differs.</summary>
    public bool DiffersOnlyInBandwidth(AddressAttributes other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return BandwidthMbps != other.BandwidthMbps && Hash != other.Hash && (other with { BandwidthMbps = BandwidthMbps }).Hash == Hash;
    }

    /// <summary>True when these have that hash once their bandwidth is the other one.</summary>
    public bool HasHashWith(int? bandwidthMbps, string? hash) => hash is not null && (this with { BandwidthMbps = bandwidthMbps }).Hash == hash;

    /// <summary>The attributes as one line per field that is set, in a fixed order.</summary>
    private string Canonical()
    {
        var text = new StringBuilder("v1\n");
        Add("bandwidth", BandwidthMbps?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("isp", InternetServiceProvider);
        Add("charge", InternetChargeType);
        Add("type", AddressType == DefaultAddressType ? null : AddressType);
        Add("package", BandwidthPackageId);
        Add("anycast", AnycastZone);
        Add("egress", Egress);
        Add("months", PrepaidMonths?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return text.ToString();

        void Add(string key, string? value)
        {
            if (value is not null)
            {
                text.Append(key).Append('=').Append(value).Append('\n');
            }
        }
    }
}
