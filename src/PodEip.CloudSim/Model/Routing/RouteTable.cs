using System.Collections.Immutable;

namespace PodEip.CloudSim.Model.Routing;

/// <summary>A route table of a VPC. Which subnets use it stands with the subnets (<see cref="Subnet.RouteTableId"/>).</summary>
public sealed record RouteTable
{
    /// <summary>Id, <c>rtb-xxxxxxxx</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its VPC.</summary>
    public required string VpcId { get; init; }

    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The VPC's default table, which new subnets get.</summary>
    public bool IsMain { get; init; }

    /// <summary>Its routes, in order of creation. The way inside the VPC is not among them: it always goes first.</summary>
    public ImmutableArray<Route> Routes { get; init; } = [];

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Tags by key.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ElasticAddress.NoTags;
}
