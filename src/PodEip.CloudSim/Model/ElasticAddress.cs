using System.Collections.Immutable;

namespace PodEip.CloudSim.Model;

/// <summary>A public address of the account: an elastic one, or an ordinary one of a CVM (type <see cref="OrdinaryType"/>).</summary>
public sealed record ElasticAddress
{
    /// <summary>Address type of a CVM's ordinary public IP.</summary>
    public const string OrdinaryType = "WanIP";

    /// <summary>Id, <c>eip-xxxxxxxx</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name, null when unnamed; not unique.</summary>
    public string? Name { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required AddressStatus Status { get; init; }

    /// <summary>Public IPv4; reads hide it while CREATING.</summary>
    public string? PublicIp { get; init; }

    /// <summary>CVM (or NAT gateway …) it serves; null when free or on an unattached ENI.</summary>
    public string? InstanceId { get; init; }

    /// <summary>CVM, ENI, NAT …; null when free.</summary>
    public string? InstanceType { get; init; }

    /// <summary>ENI it is bound, being bound or still bound to.</summary>
    public string? EniId { get; init; }

    /// <summary>Private IP it is bound, being bound or still bound to.</summary>
    public string? PrivateIp { get; init; }

    /// <summary>When it was bought.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>EIP, AnycastEIP, HighQualityEIP, AntiDDoSEIP, ResidentialEIP, WanIP.</summary>
    public string Type { get; init; } = "EIP";

    /// <summary>BGP, CMCC, CTCC, CUCC.</summary>
    public string Isp { get; init; } = "BGP";

    /// <summary>How traffic is billed; null on legacy accounts.</summary>
    public string? ChargeType { get; init; }

    /// <summary>Outbound cap in Mbps; null on legacy accounts.</summary>
    public int? Bandwidth { get; init; }

    /// <summary>Bandwidth package, <c>bwp-xxxxxxxx</c>.</summary>
    public string? BandwidthPackageId { get; init; }

    /// <summary>Network egress.</summary>
    public string? Egress { get; init; }

    /// <summary>Anycast zone.</summary>
    public string? AnycastZone { get; init; }

    /// <summary>Isolated because money is owed: cannot be bound.</summary>
    public bool IsArrears { get; init; }

    /// <summary>Blocked by the cloud: cannot be bound.</summary>
    public bool IsBlocked { get; init; }

    /// <summary>Unbinding releases it. Only the control face sets it.</summary>
    public bool CascadeRelease { get; init; }

    /// <summary>Direct connection (the public IP is visible on the ENI).</summary>
    public bool IsDirectConnection { get; init; }

    /// <summary>Tags by key.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = NoTags;

    /// <summary>The task that holds the address; 0 when none. A second write meets the mutex.</summary>
    public long TaskId { get; init; }

    /// <summary>No tags; ordinal order.</summary>
    public static ImmutableSortedDictionary<string, string> NoTags { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>An ordinary public IP of a CVM, no elastic one.</summary>
    public bool IsOrdinary => Type == OrdinaryType;

    /// <summary>BIND or BIND_ENI.</summary>
    public bool IsBound => Status is AddressStatus.Bind or AddressStatus.BindEni;
}
