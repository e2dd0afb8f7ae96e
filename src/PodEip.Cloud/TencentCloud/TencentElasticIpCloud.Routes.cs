using PodEip.Cloud.Routes;
using PodEip.Cloud.TencentCloud.Transport;

namespace PodEip.Cloud.TencentCloud;

public sealed partial class TencentElasticIpCloud
{
    /// <inheritdoc/>
    public async Task<Page<Subnet>> DescribeSubnetsAsync(SubnetQuery query, CancellationToken cancellationToken) =>
        _reader.Subnets(await _caller.CallAsync(CloudActions.DescribeSubnets, RequestWriter.Describe(query), cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async Task<Page<RouteTable>> DescribeRouteTablesAsync(RouteTableQuery query, CancellationToken cancellationToken) =>
        _reader.RouteTables(await _caller.CallAsync(CloudActions.DescribeRouteTables, RequestWriter.Describe(query), cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public Task CreateRoutesAsync(string routeTableId, IReadOnlyList<NewRoute> routes, CancellationToken cancellationToken) =>
        _caller.CallAsync(CloudActions.CreateRoutes, RequestWriter.Create(routeTableId, routes), cancellationToken);

    /// <inheritdoc/>
    public Task ReplaceRoutesAsync(string routeTableId, IReadOnlyList<Route> routes, CancellationToken cancellationToken) =>
        _caller.CallAsync(CloudActions.ReplaceRoutes, RequestWriter.Replace(routeTableId, routes), cancellationToken);

    /// <inheritdoc/>
    public Task DeleteRoutesAsync(string routeTableId, IReadOnlyList<string> itemIds, CancellationToken cancellationToken) =>
        _caller.CallAsync(CloudActions.DeleteRoutes, RequestWriter.Delete(routeTableId, itemIds), cancellationToken);

    /// <inheritdoc/>
    public async Task<Page<NatGateway>> DescribeNatGatewaysAsync(NatGatewayQuery query, CancellationToken cancellationToken) =>
        _reader.NatGateways(await _caller.CallAsync(CloudActions.DescribeNatGateways, RequestWriter.Describe(query), cancellationToken).ConfigureAwait(false));
}
