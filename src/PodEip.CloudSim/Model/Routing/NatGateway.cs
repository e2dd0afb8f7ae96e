using System.Collections.Immutable;

namespace PodEip.CloudSim.Model.Routing;

/// <summary>A NAT gateway. Its addresses are those bound to its id (<see cref="ElasticAddress.InstanceId"/>).</summary>
public sealed record NatGateway
{
    /// <summary>Id, <c>nat-xxxxxxxx</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its VPC.</summary>
    public required string VpcId { get; init; }

    /// <summary>Subnet it sits in; empty when it names none.</summary>
    public string SubnetId { get; init; } = "";

    /// <summary>Zone.</summary>
    public string Zone { get; init; } = "";

    /// <summary>PENDING, DELETING, AVAILABLE, UPDATING, PENDFAILURE, DELETEFAILURE, DENIED.</summary>
    public string State { get; init; } = "AVAILABLE";

    /// <summary>AVAILABLE, UNAVAILABLE, INSUFFICIENT (stopped for arrears).</summary>
    public string NetworkState { get; init; } = "AVAILABLE";

    /// <summary>NORMAL or RESTRICTED.</summary>
    public string RestrictState { get; init; } = "NORMAL";

    /// <summary>Outbound cap, Mbps.</summary>
    public int Bandwidth { get; init; } = 100;

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Tags by key.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ElasticAddress.NoTags;

    /// <summary>It carries packets.</summary>
    public bool Carries => State is "AVAILABLE" or "UPDATING" && NetworkState == "AVAILABLE" && RestrictState == "NORMAL";
}

/// <summary>A NAT gateway and its addresses.</summary>
/// <param name="Gateway">The gateway.</param>
/// <param name="Addresses">Addresses bound to it, in order of creation.</param>
public sealed record NatGatewayView(NatGateway Gateway, IReadOnlyList<ElasticAddress> Addresses);
