using System.Globalization;

using PodEip.Cloud.Routes;
using PodEip.Cloud.TencentCloud.Wire;

namespace PodEip.Cloud.TencentCloud;

internal static partial class RequestWriter
{
    public static DescribeSubnetsRequest Describe(SubnetQuery query) => new()
    {
        SubnetIds = NotEmptyOrNull(query.Ids),
        Filters = Filters(("vpc-id", One(query.VpcId))),
        Offset = Number(query.Offset),
        Limit = Number(query.Limit),
    };

    public static DescribeRouteTablesRequest Describe(RouteTableQuery query) => new()
    {
        RouteTableIds = NotEmptyOrNull(query.Ids),
        Filters = Filters(("vpc-id", One(query.VpcId))),
        Offset = Number(query.Offset),
        Limit = Number(query.Limit),
    };

    public static DescribeNatGatewaysRequest Describe(NatGatewayQuery query) => new()
    {
        NatGatewayIds = NotEmptyOrNull(query.Ids),
        Filters = Filters(("vpc-id", One(query.VpcId))),
        Offset = query.Offset,
        Limit = query.Limit,
    };

    public static RoutesRequest Create(string routeTableId, IReadOnlyList<NewRoute> routes) => Of(routeTableId, routes, route => new RouteWire
    {
        DestinationCidrBlock = route.Destination,
        GatewayType = route.GatewayType,
        GatewayId = route.GatewayId,
        RouteDescription = route.Description,
        Enabled = true,
    });

    public static RoutesRequest Replace(string routeTableId, IReadOnlyList<Route> routes) => Of(routeTableId, routes, route => new RouteWire
    {
        DestinationCidrBlock = route.Destination,
        GatewayType = route.GatewayType,
        GatewayId = route.GatewayId,
        RouteDescription = route.Description,
        Enabled = route.IsEnabled,
        RouteItemId = route.ItemId ?? throw new ArgumentException($"The route to {route.Destination} has no item id, by which it would be replaced.", nameof(routes)),
    });

    public static RoutesRequest Delete(string routeTableId, IReadOnlyList<string> itemIds) => Of(routeTableId, itemIds, id => new RouteWire { RouteItemId = id });

    private static RoutesRequest Of<T>(string routeTableId, IReadOnlyList<T> routes, Func<T, RouteWire> write) => routes.Count > 0
        ? new RoutesRequest { RouteTableId = routeTableId, Routes = [.. routes.Select(write)] }
        : throw new ArgumentException("The list of routes is empty. Allowed: one or more.", nameof(routes));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
