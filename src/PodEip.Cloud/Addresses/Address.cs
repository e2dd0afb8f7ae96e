namespace PodEip.Cloud.Addresses;

/// <summary>An elastic public IP as the cloud describes it (the Address record of DescribeAddresses). Everything but the id may be missing.</summary>
public sealed record Address
{
    /// <summary>Id, <c>eip-xxxxxxxx</c>. The only identity an address has.</summary>
    public required string Id { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required AddressStatus Status { get; init; }

    /// <summary>Name; not unique, null when unnamed.</summary>
    public string? Name { get; init; }

    /// <summary>The public IPv4 address; may be missing while CREATING.</summary>
    public string? PublicIp { get; init; }

    /// <summary>Where it is bound; null when it is not, or bound to something that is no ENI IP.</summary>
    public NetworkTarget? Target { get; init; }

    /// <summary>The instance it is bound to, of any kind (<c>ins-</c>, <c>nat-</c>, <c>lb-</c> …).</summary>
    public string? InstanceId { get; init; }

    /// <summary>CVM, NAT, ENI, CLB, HAVIP …</summary>
    public string? InstanceType { get; init; }

    /// <summary>EIP, AnycastEIP, HighQualityEIP …</summary>
    public string? AddressType { get; init; }

    /// <summary>BGP, CMCC, CTCC, CUCC.</summary>
    public string? InternetServiceProvider { get; init; }

    /// <summary>How its traffic is billed; null on legacy accounts.</summary>
    public string? InternetChargeType { get; init; }

    /// <summary>Outbound cap in Mbps; null on legacy accounts.</summary>
    public int? BandwidthMbps { get; init; }

    /// <summary>Isolated because the account owes money: cannot be bound.</summary>
    public bool IsArrears { get; init; }

    /// <summary>Blocked by the cloud: cannot be bound.</summary>
    public bool IsBlocked { get; init; }

    /// <summary>Unbinding also releases it, and nothing can clear that.</summary>
    public bool CascadeRelease { get; init; }

    /// <summary>When it was bought; null when the cloud does not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Tags by key.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
