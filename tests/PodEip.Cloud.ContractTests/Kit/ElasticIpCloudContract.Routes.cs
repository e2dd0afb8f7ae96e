using PodEip.Cloud.Routes;
using PodEip.CloudSim.Model.Calls;

using Xunit;

using NewRoute = PodEip.Cloud.Routes.NewRoute;

namespace PodEip.Cloud.ContractTests.Kit;

public abstract partial class ElasticIpCloudContract
{
    private const string Everywhere = "0.0.0.0/0";

    [Fact]
    public async Task A_subnet_names_its_route_table_and_the_table_its_subnets()
    {
        var world = new World(Bed.Model);
        var second = Bed.Model.CreateSubnet(world.Vpc.Id, "10.0.2.0/24", "ap-guangzhou-6", name: "second");
        var own = Bed.Model.CreateRouteTable(world.Vpc.Id, name: "own");
        Bed.Model.AssociateRouteTable(second.Id, own.Id);

        var subnets = (await Cloud.DescribeSubnetsAsync(new SubnetQuery { Ids = [world.Subnet.Id, second.Id] }, default)).Items;
        Assert.Equal([(world.Subnet.Id, world.Subnet.RouteTableId), (second.Id, own.Id)], subnets.Select(s => (s.Id, s.RouteTableId ?? "")));
        Assert.Equal(("second", "10.0.2.0/24", world.Vpc.Id), (subnets[1].Name, subnets[1].Cidr, subnets[1].VpcId));

        var table = Assert.Single((await Cloud.DescribeRouteTablesAsync(new RouteTableQuery { Ids = [own.Id] }, default)).Items);
        Assert.Equal(("own", false, world.Vpc.Id), (table.Name, table.IsMain, table.VpcId));
        Assert.Equal([second.Id], table.SubnetIds);
        Assert.Empty(table.Routes);
        Assert.Equal(2, (await Cloud.DescribeRouteTablesAsync(new RouteTableQuery { VpcId = world.Vpc.Id }, default)).TotalCount);
    }

    [Fact]
    public async Task An_EIP_route_is_added_beside_NAT_and_dropped_again()
    {
        var (table, nat) = NatRoute();

        await Cloud.CreateRoutesAsync(table, [new NewRoute(Everywhere, GatewayTypes.Eip, GatewayTypes.EipGatewayId, "podeip c1")], default);

        var routes = await RoutesAsync(table);
        Assert.Equal([("NAT", nat, ""), ("EIP", "0", "podeip c1")], routes.Select(r => (r.GatewayType, r.GatewayId, r.Description)));
        Assert.All(routes, r => Assert.Equal((Everywhere, true, true), (r.Destination, r.IsEnabled, r.IsUsers)));

        await Cloud.DeleteRoutesAsync(table, [routes[1].ItemId!], default);
        Assert.Equal([routes[0]], await RoutesAsync(table));
        await FailsAsync(CloudErrorClass.NotFound, null, () => Cloud.DeleteRoutesAsync(table, [routes[1].ItemId!], default));
    }

    [Fact]
    public async Task A_route_is_rewritten_by_its_item_id()
    {
        var (table, nat) = NatRoute();
        var route = Assert.Single(await RoutesAsync(table));

        await Cloud.ReplaceRoutesAsync(table, [route with { Destination = "8.0.0.0/8", IsEnabled = false, Description = "half" }], default);

        var after = Assert.Single(await RoutesAsync(table));
        Assert.Equal((route.ItemId, "8.0.0.0/8", nat, false, "half"), (after.ItemId, after.Destination, after.GatewayId, after.IsEnabled, after.Description));
        await FailsAsync(CloudErrorClass.NotFound, "UnsupportedOperation.RecordNotExists", () => Cloud.ReplaceRoutesAsync(table, [after with { ItemId = "rti-00000000" }], default));
    }

    [Fact]
    public async Task Routes_in_each_others_way_are_a_conflict()
    {
        var (table, _) = NatRoute();
        var route = new NewRoute(Everywhere, GatewayTypes.Eip, GatewayTypes.EipGatewayId, "");
        Bed.Model.Settings = Bed.Model.Settings with { EipRouteBesideOthers = false };
        await FailsAsync(CloudErrorClass.Conflict, "UnsupportedOperation.EcmpWithUserRoute", () => Cloud.CreateRoutesAsync(table, [route], default));
        Bed.Model.Settings = Bed.Model.Settings with { EipRouteBesideOthers = true };
        await Cloud.CreateRoutesAsync(table, [route], default);
        await FailsAsync(CloudErrorClass.Conflict, "InvalidParameterValue.Duplicate", () => Cloud.CreateRoutesAsync(table, [route], default));
    }

    [Fact]
    public async Task What_cannot_be_a_route_is_a_wrong_request_and_a_full_table_a_quota()
    {
        var (table, _) = NatRoute();
        await FailsAsync(CloudErrorClass.Request, "InvalidParameterValue.RouteNextHopInvalid", () => Cloud.CreateRoutesAsync(table, [new NewRoute(Everywhere, GatewayTypes.Eip, "1", "")], default));
        await FailsAsync(CloudErrorClass.Request, "InvalidParameterValue.VpcCidrConflict", () => Cloud.CreateRoutesAsync(table, [new NewRoute("10.0.9.0/24", GatewayTypes.Eip, "0", "")], default));
        await FailsAsync(CloudErrorClass.NotFound, null, () => Cloud.CreateRoutesAsync("rtb-00000000", [new NewRoute(Everywhere, GatewayTypes.Eip, "0", "")], default));
        Bed.Model.Settings = Bed.Model.Settings with { RouteQuota = 1 };
        await FailsAsync(CloudErrorClass.Quota, "LimitExceeded", () => Cloud.CreateRoutesAsync(table, [new NewRoute(Everywhere, GatewayTypes.Eip, "0", "")], default));
    }

    [Fact]
    public async Task The_systems_routes_are_told_apart_and_stay()
    {
        var (table, _) = NatRoute();
        Bed.Model.AddSystemRoute(table, new CloudSim.Model.Calls.NewRoute { Destination = "172.16.0.0/12", GatewayType = "CCN", GatewayId = "ccn-1" }, "CCN");
        var ccn = (await RoutesAsync(table))[1];
        Assert.Equal(("CCN", false), (ccn.GatewayType, ccn.IsUsers));
        await FailsAsync(CloudErrorClass.Request, "UnsupportedOperation.SystemRoute", () => Cloud.DeleteRoutesAsync(table, [ccn.ItemId!], default));
    }

    [Fact]
    public async Task NAT_gateways_show_their_state_and_addresses()
    {
        var world = new World(Bed.Model);
        var nat = Bed.Model.CreateNatGateway(world.Vpc.Id, addresses: 2, name: "way-out");
        Bed.Model.ChangeNatGateway(nat.Gateway.Id, n => n with { NetworkState = "INSUFFICIENT" });

        var seen = Assert.Single((await Cloud.DescribeNatGatewaysAsync(new NatGatewayQuery { Ids = [nat.Gateway.Id] }, default)).Items);

        Assert.Equal(("way-out", world.Vpc.Id, "AVAILABLE", "INSUFFICIENT"), (seen.Name, seen.VpcId, seen.State, seen.NetworkState));
        Assert.Equal(nat.Addresses.Select(a => a.PublicIp), seen.PublicIps);
        Assert.Equal(1, (await Cloud.DescribeNatGatewaysAsync(new NatGatewayQuery { VpcId = world.Vpc.Id }, default)).TotalCount);
    }

    [Fact]
    public async Task Writing_routes_takes_a_permission_of_its_own()
    {
        var (table, _) = NatRoute();
        var reader = Bed.As("vpc:Describe*");
        Assert.Single((await reader.DescribeRouteTablesAsync(new RouteTableQuery { Ids = [table] }, default)).Items);
        var e = await FailsAsync(CloudErrorClass.Permission, null, () => reader.CreateRoutesAsync(table, [new NewRoute(Everywhere, GatewayTypes.Eip, "0", "")], default));
        Assert.Contains("vpc:CreateRoutes", e.CloudMessage, StringComparison.Ordinal);
    }

    /// <summary>A world whose subnet leaves through a NAT gateway.</summary>
    private (string Table, string Nat) NatRoute()
    {
        var world = new World(Bed.Model);
        var nat = Bed.Model.CreateNatGateway(world.Vpc.Id).Gateway.Id;
        Bed.Model.CreateRoutes(new CreateRoutesCall(world.Subnet.RouteTableId, [new CloudSim.Model.Calls.NewRoute { Destination = Everywhere, GatewayType = "NAT", GatewayId = nat }]));
        return (world.Subnet.RouteTableId, nat);
    }

    private async Task<IReadOnlyList<Route>> RoutesAsync(string table) =>
        Assert.Single((await Cloud.DescribeRouteTablesAsync(new RouteTableQuery { Ids = [table] }, default)).Items).Routes;
}
