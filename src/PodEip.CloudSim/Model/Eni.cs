using System.Collections.Immutable;

namespace PodEip.CloudSim.Model;

/// <summary>State of an ENI.</summary>
public enum EniState
{
    /// <summary>PENDING: being made.</summary>
    Pending,

    /// <summary>AVAILABLE: attached to nothing.</summary>
    Available,

    /// <summary>ATTACHING.</summary>
    Attaching,

    /// <summary>INUSE: attached.</summary>
    InUse,

    /// <summary>DETACHING.</summary>
    Detaching,

    /// <summary>DELETING.</summary>
    Deleting,
}

/// <summary>State of one private IP of an ENI.</summary>
public enum EniIpState
{
    /// <summary>PENDING: being set up; nothing can be bound to it.</summary>
    Pending,

    /// <summary>AVAILABLE.</summary>
    Available,

    /// <summary>MIGRATING to another ENI.</summary>
    Migrating,

    /// <summary>DELETING: being given back.</summary>
    Deleting,
}

/// <summary>One private IPv4 of an ENI.</summary>
/// <param name="Ip">Dotted address.</param>
/// <param name="IsPrimary">The ENI's primary IP.</param>
/// <param name="State">Whether it can be used.</param>
public sealed record EniIp(string Ip, bool IsPrimary, EniIpState State);

/// <summary>An elastic network interface.</summary>
public sealed record Eni
{
    /// <summary>Id, <c>eni-xxxxxxxx</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Free text.</summary>
    public string Description { get; init; } = "";

    /// <summary>VPC.</summary>
    public required string VpcId { get; init; }

    /// <summary>Subnet.</summary>
    public required string SubnetId { get; init; }

    /// <summary>Zone of the subnet.</summary>
    public required string Zone { get; init; }

    /// <summary>The CVM's primary ENI.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>State.</summary>
    public required EniState State { get; init; }

    /// <summary>CVM it is attached to; null when free.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Place in the CVM; 0 is the primary.</summary>
    public int DeviceIndex { get; init; }

    /// <summary>When it was attached.</summary>
    public DateTimeOffset? AttachedAt { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>MAC address.</summary>
    public string Mac { get; init; } = "";

    /// <summary>Private IPs, the primary first.</summary>
    public required ImmutableArray<EniIp> Ips { get; init; }

    /// <summary>Security groups.</summary>
    public ImmutableArray<string> SecurityGroups { get; init; } = [];

    /// <summary>Tags by key.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ElasticAddress.NoTags;

    /// <summary>Request id of the task that holds the ENI; null when none.</summary>
    public string? TaskId { get; init; }

    /// <summary>The private IP, or null when it is not on this ENI.</summary>
    public EniIp? FindIp(string ip) => Ips.FirstOrDefault(i => i.Ip == ip);
}
