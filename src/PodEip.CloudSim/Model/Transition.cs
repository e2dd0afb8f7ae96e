using System.Collections.Immutable;

namespace PodEip.CloudSim.Model;

/// <summary>Kinds of things that happen by themselves when their time has come.</summary>
public enum TransitionKind
{
    /// <summary>CREATING ends.</summary>
    AddressesCreated,

    /// <summary>Tags given at a purchase appear.</summary>
    TagsAppear,

    /// <summary>BINDING ends.</summary>
    AddressBound,

    /// <summary>UNBINDING ends.</summary>
    AddressUnbound,

    /// <summary>OFFLINING ends.</summary>
    AddressesReleased,

    /// <summary>A bandwidth change ends.</summary>
    BandwidthChanged,

    /// <summary>PENDING private IPs become AVAILABLE.</summary>
    PrivateIpsReady,

    /// <summary>DELETING private IPs vanish.</summary>
    PrivateIpsGone,

    /// <summary>A PENDING or ATTACHING ENI becomes AVAILABLE or INUSE.</summary>
    EniReady,
}

/// <summary>Something that will happen by itself; plain data, so that it survives a restart.</summary>
/// <param name="Due">When.</param>
/// <param name="Order">Breaks ties: the order of scheduling.</param>
/// <param name="Kind">What.</param>
/// <param name="Ids">Addresses, or the one ENI.</param>
public sealed record Transition(DateTimeOffset Due, long Order, TransitionKind Kind, ImmutableArray<string> Ids)
{
    /// <summary>The address task that ends with it; 0 when none.</summary>
    public long TaskId { get; init; }

    /// <summary>The ENI task that ends with it.</summary>
    public string? EniTaskId { get; init; }

    /// <summary>Private IPs concerned.</summary>
    public ImmutableArray<string> Ips { get; init; } = [];

    /// <summary>New bandwidth, Mbps.</summary>
    public int Bandwidth { get; init; }

    /// <summary>Tags that appear.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ElasticAddress.NoTags;

    /// <summary>The task ends as FAILED and rolls back.</summary>
    public bool Fails { get; init; }

    /// <summary>The CVM gets an ordinary public IP.</summary>
    public bool GivesOrdinaryIp { get; init; }
}
