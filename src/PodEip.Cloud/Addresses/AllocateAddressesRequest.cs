namespace PodEip.Cloud.Addresses;

/// <summary>A purchase (AllocateAddresses). Null means "not sent": the cloud's default, or the legacy account's form.</summary>
public sealed record AllocateAddressesRequest
{
    /// <summary>How many, 1 to 10.</summary>
    public required int Count { get; init; }

    /// <summary>Idempotency key, at most 64 ASCII characters.</summary>
    public required string ClientToken { get; init; }

    /// <summary>Name of every address of this purchase, at most 20 of <c>A-Za-z0-9-_</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Tags put on them in the same call.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>BGP, CMCC, CTCC, CUCC.</summary>
    public string? InternetServiceProvider { get; init; }

    /// <summary>TRAFFIC_POSTPAID_BY_HOUR and the others; never sent on legacy accounts.</summary>
    public string? InternetChargeType { get; init; }

    /// <summary>Outbound cap in Mbps; never sent on legacy accounts.</summary>
    public int? BandwidthMbps { get; init; }

    /// <summary>EIP, AnycastEIP, HighQualityEIP …</summary>
    public string? AddressType { get; init; }

    /// <summary>Bandwidth package to join, with charge type BANDWIDTH_PACKAGE.</summary>
    public string? BandwidthPackageId { get; init; }

    /// <summary>Anycast publishing zone.</summary>
    public string? AnycastZone { get; init; }

    /// <summary>Network egress.</summary>
    public string? Egress { get; init; }

    /// <summary>Months to pay for, with BANDWIDTH_PREPAID_BY_MONTH.</summary>
    public int? PrepaidMonths { get; init; }
}
