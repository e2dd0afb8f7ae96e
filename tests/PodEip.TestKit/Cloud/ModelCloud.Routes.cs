using System.Globalization;
using PodEip.Cloud;
using PodEip.Cloud.Routes;
using PodEip.Cloud.TencentCloud;
using PodEip.Cloud.TencentCloud.Wire;
using PodEip.CloudSim.Model.Calls;

using NewRoute = PodEip.Cloud.Routes.NewRoute;

namespace PodEip.TestKit.Cloud;

public sealed partial class ModelCloud
{
    /// <inheritdoc/>
    public async Task<Page<Subnet>> DescribeSubnetsAsync(SubnetQuery query, CancellationToken cancellationToken)
    {
        var wire = RequestWriter.Describe(query);
        var call = new DescribeSubnetsCall { Ids = wire.SubnetIds, Filters = ModelRecords.Filters(wire.Filters), Offset = Number(wire.Offset), Limit = Number(wire.Limit) };
        var answer = await CallAsync("DescribeSubnets", _caller.DescribeSubnetsAsync, call, cancellationToken);
        return new Page<Subnet>([.. answer.Subnets.Select(ModelRecords.Read)], answer.TotalCount);
    }

    /// <inheritdoc/>
    public async Task<Page<RouteTable>> DescribeRouteTablesAsync(RouteTableQuery query, CancellationToken cancellationToken)
    {
        var wire = RequestWriter.Describe(query);
        var call = new DescribeRouteTablesCall { Ids = wire.RouteTableIds, Filters = ModelRecords.Filters(wire.Filters), Offset = Number(wire.Offset), Limit = Number(wire.Limit) };
        var answer = await CallAsync("DescribeRouteTables", _caller.DescribeRouteTablesAsync, call, cancellationToken);
        return new Page<RouteTable>([.. answer.Tables.Select(ModelRecords.Read)], answer.TotalCount);
    }

    /// <inheritdoc/>
    public Task CreateRoutesAsync(string routeTableId, IReadOnlyList<NewRoute> routes, CancellationToken cancellationToken) =>
        CallAsync("CreateRoutes", _caller.CreateRoutesAsync, new CreateRoutesCall(routeTableId, Routes(RequestWriter.Create(routeTableId, routes))), cancellationToken);

    /// <inheritdoc/>
    public Task ReplaceRoutesAsync(string routeTableId, IReadOnlyList<Route> routes, CancellationToken cancellationToken) =>
        CallAsync("ReplaceRoutes", _caller.ReplaceRoutesAsync, new ReplaceRoutesCall(routeTableId, Routes(RequestWriter.Replace(routeTableId, routes))), cancellationToken);

    /// <inheritdoc/>
    public Task DeleteRoutesAsync(string routeTableId, IReadOnlyList<string> itemIds, CancellationToken cancellationToken) =>
        CallAsync("DeleteRoutes", _caller.DeleteRoutesAsync, new DeleteRoutesCall(routeTableId, Routes(RequestWriter.Delete(routeTableId, itemIds))), cancellationToken);

    /// <inheritdoc/>
    public async Task<Page<NatGateway>> DescribeNatGatewaysAsync(NatGatewayQuery query, CancellationToken cancellationToken)
    {
        var wire = RequestWriter.Describe(query);
        var call = new DescribeNatGatewaysCall { Ids = wire.NatGatewayIds, Filters = ModelRecords.Filters(wire.Filters), Offset = wire.Offset, Limit = wire.Limit };
        var answer = await CallAsync("DescribeNatGateways", _caller.DescribeNatGatewaysAsync, call, cancellationToken);
        return new Page<NatGateway>([.. answer.Gateways.Select(ModelRecords.Read)], answer.TotalCount);
    }

    private static List<CloudSim.Model.Calls.NewRoute> Routes(RoutesRequest wire) =>
    [
        .. wire.Routes.Select(route => new CloudSim.Model.Calls.NewRoute
        {
            Destination = route.DestinationCidrBlock ?? "",
            GatewayType = route.GatewayType ?? "",
            GatewayId = route.GatewayId ?? "",
            Description = route.RouteDescription ?? "",
            Enabled = route.Enabled,
            ItemId = route.RouteItemId,
        }),
    ];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
