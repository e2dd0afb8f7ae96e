namespace PodEip.CloudSim.Model.Calls;

/// <summary>Prepaid terms.</summary>
/// <param name="Period">Months.</param>
/// <param name="AutoRenew">0 not, 1 renew, 2 end at expiry.</param>
public sealed record PrepaidTerms(int Period, int AutoRenew = 0);

/// <summary>AllocateAddresses: buys addresses.</summary>
public sealed record AllocateAddressesCall
{
    /// <summary>How many; 1 when null.</summary>
    public int? Count { get; init; }

    /// <summary>BGP (also when null), CMCC, CTCC, CUCC.</summary>
    public string? Isp { get; init; }

    /// <summary>Billing of the traffic.</summary>
    public string? ChargeType { get; init; }

    /// <summary>Outbound cap in Mbps.</summary>
    public int? Bandwidth { get; init; }

    /// <summary>Prepaid terms.</summary>
    public PrepaidTerms? Prepaid { get; init; }

    /// <summary>EIP (also when null), AnycastEIP, HighQualityEIP, AntiDDoSEIP, ResidentialEIP.</summary>
    public string? AddressType { get; init; }

    /// <summary>Anycast zone.</summary>
    public string? AnycastZone { get; init; }

    /// <summary>Public IPs asked for.</summary>
    public IReadOnlyList<string> PublicIps { get; init; } = [];

    /// <summary>Tags put on all of them; a key may not stand twice.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Bandwidth package to join.</summary>
    public string? BandwidthPackageId { get; init; }

    /// <summary>Name of all of them.</summary>
    public string? Name { get; init; }

    /// <summary>Network egress.</summary>
    public string? Egress { get; init; }

    /// <summary>Anti-DDoS package.</summary>
    public string? AntiDDoSPackageId { get; init; }

    /// <summary>Idempotency key.</summary>
    public string? ClientToken { get; init; }
}

/// <summary>Answer of <see cref="AllocateAddressesCall"/>.</summary>
/// <param name="AddressIds">The new ids.</param>
/// <param name="TaskId">Task to poll.</param>
public sealed record AllocateAddressesAnswer(IReadOnlyList<string> AddressIds, long TaskId);

/// <summary>AssociateAddress: binds one address to a CVM, or to a private IP of an ENI.</summary>
/// <param name="AddressId">The address.</param>
/// <param name="EniId">The ENI, with <paramref name="PrivateIp"/>.</param>
/// <param name="PrivateIp">The private IP on it.</param>
/// <param name="InstanceId">Instead: the CVM; its primary IP is meant.</param>
/// <param name="DirectConnection">Direct connection.</param>
public sealed record AssociateAddressCall(string AddressId, string? EniId = null, string? PrivateIp = null, string? InstanceId = null, bool DirectConnection = false);

/// <summary>DisassociateAddress.</summary>
/// <param name="AddressId">The address.</param>
/// <param name="ReallocateOrdinaryIp">Give the CVM an ordinary public IP afterwards.</param>
public sealed record DisassociateAddressCall(string AddressId, bool ReallocateOrdinaryIp = false);

/// <summary>ReleaseAddresses.</summary>
/// <param name="AddressIds">The addresses; all UNBIND, of one charge type and address type.</param>
public sealed record ReleaseAddressesCall(IReadOnlyList<string> AddressIds);

/// <summary>ModifyAddressesBandwidth.</summary>
/// <param name="AddressIds">The addresses; all of one charge type.</param>
/// <param name="Bandwidth">New cap in Mbps.</param>
public sealed record ModifyAddressesBandwidthCall(IReadOnlyList<string> AddressIds, int Bandwidth);

/// <summary>ModifyAddressAttribute.</summary>
/// <param name="AddressId">The address.</param>
/// <param name="Name">New name; null: unchanged.</param>
/// <param name="DirectConnection">Direct connection on or off; null: unchanged.</param>
public sealed record ModifyAddressAttributeCall(string AddressId, string? Name = null, bool? DirectConnection = null);

/// <summary>Answer of an address write that runs as a task.</summary>
/// <param name="TaskId">Task to poll.</param>
public sealed record TaskAnswer(long TaskId);

/// <summary>DescribeTaskResult.</summary>
/// <param name="TaskId">Task number; null when none was named.</param>
/// <param name="DealName">Billing order; orders are not simulated.</param>
public sealed record DescribeTaskResultCall(long? TaskId, string? DealName = null);

/// <summary>Answer of <see cref="DescribeTaskResultCall"/>.</summary>
/// <param name="TaskId">Task number.</param>
/// <param name="Result">How it stands.</param>
public sealed record DescribeTaskResultAnswer(long TaskId, CloudTaskResult Result);

/// <summary>DescribeAddressQuota.</summary>
public sealed record DescribeAddressQuotaCall;

/// <summary>One quota.</summary>
/// <param name="Id">TOTAL_EIP_QUOTA, DAILY_EIP_APPLY …</param>
/// <param name="Current">Used.</param>
/// <param name="Limit">Allowed.</param>
public sealed record QuotaRow(string Id, int Current, int Limit);

/// <summary>Answer of <see cref="DescribeAddressQuotaCall"/>.</summary>
/// <param name="Quotas">One row per quota id.</param>
public sealed record DescribeAddressQuotaAnswer(IReadOnlyList<QuotaRow> Quotas);
