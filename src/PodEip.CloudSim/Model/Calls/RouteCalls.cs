using PodEip.CloudSim.Model.Routing;

namespace PodEip.CloudSim.Model.Calls;

/// <summary>DescribeSubnets.</summary>
public sealed record DescribeSubnetsCall : PagedCall;

/// <summary>A subnet and how many of its addresses are free.</summary>
/// <param name="Subnet">The subnet.</param>
/// <param name="FreeIps">Private IPs that can still be given.</param>
/// <param name="TotalIps">Private IPs that can be given at all.</param>
public sealed record SubnetView(Subnet Subnet, long FreeIps, long TotalIps);

/// <summary>Answer of <see cref="DescribeSubnetsCall"/>.</summary>
/// <param name="TotalCount">Matches before paging.</param>
/// <param name="Subnets">The page.</param>
public sealed record DescribeSubnetsAnswer(int TotalCount, IReadOnlyList<SubnetView> Subnets);

/// <summary>DescribeRouteTables.</summary>
public sealed record DescribeRouteTablesCall : PagedCall;

/// <summary>A route table and the subnets that use it.</summary>
/// <param name="Table">The table.</param>
/// <param name="SubnetIds">Subnets, in order of creation.</param>
public sealed record RouteTableView(RouteTable Table, IReadOnlyList<string> SubnetIds);

/// <summary>Answer of <see cref="DescribeRouteTablesCall"/>.</summary>
/// <param name="TotalCount">Matches before paging.</param>
/// <param name="Tables">The page.</param>
public sealed record DescribeRouteTablesAnswer(int TotalCount, IReadOnlyList<RouteTableView> Tables);

/// <summary>A route as a caller writes it.</summary>
public sealed record NewRoute
{
    /// <summary>IPv4 range.</summary>
    public string Destination { get; init; } = "";

    /// <summary>Kind of next hop.</summary>
    public string GatewayType { get; init; } = "";

    /// <summary>Id of the next hop.</summary>
    public string GatewayId { get; init; } = "";

    /// <summary>Free text.</summary>
    public string Description { get; init; } = "";

    /// <summary>In force; true when null.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Which route it replaces or drops, <c>rti-xxxxxxxx</c>; goes before <see cref="Number"/>.</summary>
    public string? ItemId { get; init; }

    /// <summary>Which route it replaces or drops, by the older id.</summary>
    public long? Number { get; init; }
}

/// <summary>CreateRoutes.</summary>
/// <param name="TableId">The table.</param>
/// <param name="Routes">What to add; all or none.</param>
public sealed record CreateRoutesCall(string TableId, IReadOnlyList<NewRoute> Routes);

/// <summary>Answer of <see cref="CreateRoutesCall"/>.</summary>
/// <param name="Added">How many were added.</param>
/// <param name="Table">The table afterwards.</param>
public sealed record CreateRoutesAnswer(int Added, RouteTableView Table);

/// <summary>ReplaceRoutes: every field of the routes named becomes what is written.</summary>
/// <param name="TableId">The table.</param>
/// <param name="Routes">Routes with their ids and their new content; all or none.</param>
public sealed record ReplaceRoutesCall(string TableId, IReadOnlyList<NewRoute> Routes);

/// <summary>Answer of <see cref="ReplaceRoutesCall"/>.</summary>
/// <param name="Old">Before.</param>
/// <param name="New">After.</param>
public sealed record ReplaceRoutesAnswer(IReadOnlyList<Route> Old, IReadOnlyList<Route> New);

/// <summary>DeleteRoutes.</summary>
/// <param name="TableId">The table.</param>
/// <param name="Routes">Routes by id; all or none.</param>
public sealed record DeleteRoutesCall(string TableId, IReadOnlyList<NewRoute> Routes);

/// <summary>Answer of <see cref="DeleteRoutesCall"/>.</summary>
/// <param name="Deleted">What is gone.</param>
public sealed record DeleteRoutesAnswer(IReadOnlyList<Route> Deleted);

/// <summary>DescribeNatGateways.</summary>
public sealed record DescribeNatGatewaysCall : PagedCall;

/// <summary>Answer of <see cref="DescribeNatGatewaysCall"/>.</summary>
/// <param name="TotalCount">Matches before paging.</param>
/// <param name="Gateways">The page.</param>
public sealed record DescribeNatGatewaysAnswer(int TotalCount, IReadOnlyList<NatGatewayView> Gateways);
