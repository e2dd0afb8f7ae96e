using PodEip.Cloud.Routes;
using PodEip.Cloud.TencentCloud.Transport;
using PodEip.Cloud.TencentCloud.Wire;

namespace PodEip.Cloud.TencentCloud;

internal sealed partial class RecordReader
{
    private const int MaxDescriptionLength = 100;

    public Page<Subnet> Subnets(DescribeSubnetsResponse response) =>
        Page("DescribeSubnets", response.SubnetSet, response.TotalCount, wire => !CloudText.IsId(wire.SubnetId) ? null : new Subnet
        {
            Id = wire.SubnetId,
            VpcId = CloudText.Id(wire.VpcId),
            RouteTableId = CloudText.Id(wire.RouteTableId),
            Name = CloudText.Word(wire.SubnetName),
            Cidr = CloudText.Cidr(wire.CidrBlock),
        });

    public Page<RouteTable> RouteTables(DescribeRouteTablesResponse response) =>
        Page("DescribeRouteTables", response.RouteTableSet, response.TotalCount, wire => !CloudText.IsId(wire.RouteTableId) ? null : new RouteTable
        {
            Id = wire.RouteTableId,
            VpcId = CloudText.Id(wire.VpcId),
            Name = CloudText.Word(wire.RouteTableName),
            IsMain = wire.Main ?? false,
            SubnetIds = [.. (wire.AssociationSet ?? []).Select(a => CloudText.Id(a?.SubnetId)).OfType<string>()],
            Routes = [.. (wire.RouteSet ?? []).Select(ReadRoute).OfType<Route>()],
        });

    public Page<NatGateway> NatGateways(DescribeNatGatewaysResponse response) =>
        Page("DescribeNatGateways", response.NatGatewaySet, response.TotalCount, wire => !CloudText.IsId(wire.NatGatewayId) ? null : new NatGateway
        {
            Id = wire.NatGatewayId,
            Name = CloudText.Word(wire.NatGatewayName),
            VpcId = CloudText.Id(wire.VpcId),
            State = CloudText.Word(wire.State),
            NetworkState = CloudText.Word(wire.NetworkState),
            PublicIps = [.. (wire.PublicIpAddressSet ?? []).Select(a => CloudText.Ipv4(a?.PublicIpAddress)).OfType<string>()],
        });

    /// <summary>Null for IPv6 routes, and for what can't be understood.</summary>
    private static Route? ReadRoute(RouteWire? wire) =>
        CloudText.Cidr(wire?.DestinationCidrBlock) is { } destination && CloudText.Word(wire!.GatewayType) is { } type
            ? new Route
            {
                ItemId = CloudText.Id(wire.RouteItemId),
                Destination = destination,
                GatewayType = type,
                GatewayId = CloudText.Word(wire.GatewayId) ?? "",
                Description = CloudText.Clean(wire.RouteDescription, MaxDescriptionLength),
                IsEnabled = wire.Enabled ?? true,
                IsUsers = wire.RouteType is null or "USER",
            }
            : null;
}
