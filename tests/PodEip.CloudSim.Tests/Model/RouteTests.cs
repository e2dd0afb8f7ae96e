using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;

namespace PodEip.CloudSim.Tests.Model;

public sealed class RouteTests
{
    private const string Internet = "9.9.9.9";
    private readonly TestCloud _cloud = new();

    private CloudModel Model => _cloud.Model;

    private string Table => Model.Subnets[0].RouteTableId;

    [Fact]
    public void A_VPC_has_a_default_table_that_new_subnets_use()
    {
        var table = Model.RouteTables.Single();
        Assert.True(table.Table.IsMain);
        Assert.Equal(["subnet-1"], table.SubnetIds);
        Assert.Empty(table.Table.Routes);

        var own = Model.CreateRouteTable("vpc-1").Id;
        Model.AssociateRouteTable("subnet-1", own);
        Assert.Equal(own, Model.DescribeSubnets(new DescribeSubnetsCall { Ids = ["subnet-1"] }).Subnets[0].Subnet.RouteTableId);
        Assert.Equal("ResourceInUse", TestCloud.CodeOf(() => Model.DeleteRouteTable(own)));
        Model.AssociateRouteTable("subnet-1", table.Table.Id);
        Model.DeleteRouteTable(own);
        Assert.Equal("ResourceInUse", TestCloud.CodeOf(() => Model.DeleteRouteTable(table.Table.Id)));
    }

    [Fact]
    public void Without_a_route_the_public_IP_of_the_source_is_the_way_out()
    {
        Assert.Equal(NextHopKind.PublicIp, Hop(withIp: true).Kind);
        Assert.Equal(NextHopKind.None, Hop(withIp: false).Kind);
        Assert.Equal(NextHopKind.Local, Model.FindNextHop("subnet-1", "10.0.15.9", true).Kind);
    }

    [Fact]
    public void A_NAT_route_takes_everyone_until_an_EIP_route_of_the_same_prefix_stands_beside_it()
    {
        var nat = Nat();
        Add("0.0.0.0/0", "NAT", nat);
        Assert.Equal(nat, Hop(withIp: true).Route?.GatewayId);

        Add("0.0.0.0/0", "EIP", "0");
        Assert.Equal(NextHopKind.PublicIp, Hop(withIp: true).Kind);
        Assert.Equal(nat, Hop(withIp: false).Route?.GatewayId);

        Add("8.0.0.0/7", "NAT", nat);
        Assert.Equal(("8.0.0.0/7", nat), (Hop(withIp: true).Route?.Destination, Hop(withIp: true).Route?.GatewayId));
    }

    [Fact]
    public void An_EIP_route_is_for_sources_with_a_public_IP_and_beats_a_wider_NAT_route_for_its_part()
    {
        Add("9.0.0.0/8", "EIP", "0");
        Assert.Equal((NextHopKind.PublicIp, "9.0.0.0/8"), (Hop(withIp: true).Kind, Hop(withIp: true).Route?.Destination));
        Assert.Equal(NextHopKind.None, Hop(withIp: false).Kind);

        var nat = Nat();
        Add("0.0.0.0/0", "NAT", nat);
        Assert.Equal(NextHopKind.PublicIp, Hop(withIp: true).Kind);
        Assert.Equal(nat, Hop(withIp: false).Route?.GatewayId);
        Assert.Equal(nat, Model.FindNextHop("subnet-1", "8.8.8.8", true).Route?.GatewayId);
    }

    [Fact]
    public void A_route_that_is_switched_off_is_not_in_force_and_still_stands()
    {
        var nat = Nat();
        Add("0.0.0.0/0", "NAT", nat);
        Add("0.0.0.0/0", "EIP", "0", enabled: false);
        Assert.Equal(NextHopKind.Gateway, Hop(withIp: true).Kind);
        Assert.Equal("InvalidParameterValue.Duplicate", Refusal("0.0.0.0/0", "EIP", "0"));
    }

    [Theory]
    [InlineData("0.0.0.0/0", "EIP", "1", "InvalidParameterValue.RouteNextHopInvalid")]
    [InlineData("0.0.0.0/0", "EIP", "", "InvalidParameterValue.RouteNextHopInvalid")]
    [InlineData("0.0.0.0/0", "NAT", "0", "InvalidParameterValue.RouteNextHopInvalid")]
    [InlineData("0.0.0.0/0", "NAT", "nat-none", "ResourceNotFound")]
    [InlineData("0.0.0.0/0", "NORMAL_CVM", "192.168.0.1", "InvalidParameterValue.RouteNextHopInvalid")]
    [InlineData("0.0.0.0/0", "LOCAL", "0", "InvalidParameterValue")]
    [InlineData("0.0.0.0", "EIP", "0", "InvalidParameterValue.Malformed")]
    [InlineData("8.0.0.1/8", "EIP", "0", "InvalidParameterValue.Malformed")]
    [InlineData("0.0.0.0/33", "EIP", "0", "InvalidParameterValue.Malformed")]
    [InlineData("10.0.3.0/24", "EIP", "0", "InvalidParameterValue.VpcCidrConflict")]
    [InlineData("10.0.0.0/20", "EIP", "0", "InvalidParameterValue.SubnetOverlapRoute")]
    public void What_cannot_be_a_route_is_refused(string destination, string type, string id, string code) => Assert.Equal(code, Refusal(destination, type, id));

    [Fact]
    public void A_range_around_the_VPC_may_be_routed()
    {
        Add("10.0.0.0/8", "NAT", Nat());
        Assert.Equal(NextHopKind.Local, Model.FindNextHop("subnet-1", "10.0.3.3", true).Kind);
        Assert.Equal(NextHopKind.Gateway, Model.FindNextHop("subnet-1", "10.200.3.3", true).Kind);
    }

    [Fact]
    public void Routes_that_cannot_share_a_destination_are_refused_as_a_whole()
    {
        Add("0.0.0.0/0", "EIP", "0");
        Assert.Equal("InvalidParameterValue.Duplicate", Refusal("0.0.0.0/0", "EIP", "0"));
        Assert.Equal("UnsupportedOperation.Ecmp", Refusal("0.0.0.0/0", "VPN", "vpngw-1"));
        Add("0.0.0.0/0", "VPN", "vpngw-1", enabled: false);

        var both = new[] { New("1.0.0.0/8", "EIP", "0"), New("1.0.0.0/8", "EIP", "0") };
        Assert.Equal("InvalidParameterValue.Duplicate", TestCloud.CodeOf(() => Model.CreateRoutes(new CreateRoutesCall(Table, both))));
        Assert.Equal(2, Model.FindRouteTable(Table)!.Routes.Length);
    }

    [Fact]
    public void The_pair_of_NAT_and_EIP_is_refused_by_a_switch()
    {
        Model.Settings = Model.Settings with { EipRouteBesideOthers = false };
        Add("0.0.0.0/0", "NAT", Nat());
        Assert.Equal("UnsupportedOperation.EcmpWithUserRoute", Refusal("0.0.0.0/0", "EIP", "0"));
    }

    [Fact]
    public void The_systems_routes_stay_as_they_are()
    {
        var ccn = Model.AddSystemRoute(Table, New("0.0.0.0/0", "CCN", "ccn-1"), "CCN").Routes[0];
        Assert.Equal("UnsupportedOperation.EcmpWithCcnRoute", Refusal("0.0.0.0/0", "EIP", "0"));
        Assert.Equal("UnsupportedOperation.SystemRoute", TestCloud.CodeOf(() => Delete(ccn.ItemId)));
        Assert.Equal("UnsupportedOperation.SystemRoute", TestCloud.CodeOf(() => Replace(New("0.0.0.0/0", "EIP", "0") with { ItemId = ccn.ItemId })));
    }

    [Fact]
    public void Routes_are_replaced_and_dropped_by_either_id()
    {
        var nat = Nat();
        Add("0.0.0.0/0", "NAT", nat);
        var route = Model.FindRouteTable(Table)!.Routes[0];
        var replaced = Replace(New("128.0.0.0/1", "NAT", nat) with { ItemId = route.ItemId, Description = "half" });
        Assert.Equal(("0.0.0.0/0", "128.0.0.0/1", route.ItemId), (replaced.Old[0].Destination, replaced.New[0].Destination, replaced.New[0].ItemId));
        Assert.Equal("UnsupportedOperation.RecordNotExists", TestCloud.CodeOf(() => Replace(New("1.0.0.0/8", "EIP", "0") with { ItemId = "rti-none" })));

        Assert.Single(Model.DeleteRoutes(new DeleteRoutesCall(Table, [new NewRoute { Number = route.Number }])).Deleted);
        Assert.Equal("ResourceNotFound", TestCloud.CodeOf(() => Delete(route.ItemId)));
        Assert.Equal("InvalidParameterValue", TestCloud.CodeOf(() => Model.DeleteRoutes(new DeleteRoutesCall(Table, []))));
    }

    [Fact]
    public void Tables_and_routes_have_quotas()
    {
        for (var i = 0; i < 50; i++)
            Add($"20.{i}.0.0/16", "EIP", "0");
        Assert.Equal("LimitExceeded", Refusal("21.0.0.0/8", "EIP", "0"));
        for (var i = 0; i < 9; i++)
            Model.CreateRouteTable("vpc-1");
        Assert.Equal("LimitExceeded", TestCloud.CodeOf(() => Model.CreateRouteTable("vpc-1")));
    }

    [Fact]
    public void A_NAT_gateway_has_addresses_that_nobody_takes_off_it()
    {
        var nat = Model.CreateNatGateway("vpc-1", addresses: 2, id: "nat-1");
        Assert.Equal(2, Model.DescribeNatGateways(new DescribeNatGatewaysCall { Ids = ["nat-1"] }).Gateways[0].Addresses.Count);
        var address = nat.Addresses[0].Id;
        Assert.Throws<CloudFault>(() => _cloud.Unbind(address));
        Assert.Equal(address, Model.FindAddress(address)?.Id);

        Add("0.0.0.0/0", "NAT", "nat-1");
        Model.DeleteNatGateway("nat-1");
        Assert.Equal((0, 0, AddressStatus.Unbind), (Model.NatGateways.Count, Model.FindRouteTable(Table)!.Routes.Length, _cloud.StatusOf(address)));
    }

    [Fact]
    public void Lists_take_ids_or_filters()
    {
        Add("0.0.0.0/0", "NAT", Nat());
        Assert.Equal(1, Tables(CloudFilter.Of("association.main", "TRUE")).TotalCount);
        Assert.Equal(0, Tables(CloudFilter.Of("vpc-id", "vpc-2")).TotalCount);
        Assert.Equal(1, Tables(CloudFilter.Of("next-hop-type", "NAT"), CloudFilter.Of("vpc-id", "vpc-1"), CloudFilter.Of("route-table-id", Table)).TotalCount);
        Assert.Equal("InvalidParameter.FilterMissParameter", TestCloud.CodeOf(() => Tables(CloudFilter.Of("next-hop-type", "NAT"))));
        Assert.Equal("InvalidParameter.FilterInvalidKey", TestCloud.CodeOf(() => Tables(CloudFilter.Of("colour", "red"))));
        Assert.Equal("InvalidParameter.Coexist", TestCloud.CodeOf(() => Model.DescribeRouteTables(new DescribeRouteTablesCall { Ids = [Table], Filters = [CloudFilter.Of("vpc-id", "vpc-1")] })));
        Assert.Equal("InvalidParameterValue.Malformed", TestCloud.CodeOf(() => Model.DescribeRouteTables(new DescribeRouteTablesCall { Ids = ["table-1"] })));
        Assert.Equal("InvalidParameterValue.LimitExceeded", TestCloud.CodeOf(() => Model.DescribeRouteTables(new DescribeRouteTablesCall { Limit = 101 })));
        Assert.Equal(0, Model.DescribeSubnets(new DescribeSubnetsCall { Ids = ["subnet-none"] }).TotalCount);
        Assert.Equal(1, Model.DescribeSubnets(new DescribeSubnetsCall { Filters = [CloudFilter.Of("zone", "ap-guangzhou-6"), CloudFilter.Of("is-cdc-subnet", "0")] }).TotalCount);
        Assert.Equal(4093 - Model.Enis.Sum(e => e.Ips.Length), Model.DescribeSubnets(new DescribeSubnetsCall()).Subnets[0].FreeIps);
        Assert.Equal(1, Model.DescribeNatGateways(new DescribeNatGatewaysCall { Filters = [CloudFilter.Of("nat-state", "AVAILABLE")] }).TotalCount);
    }

    [Fact]
    public void Reads_can_be_late()
    {
        var nat = Nat();
        _cloud.Wait(30);
        Add("0.0.0.0/0", "NAT", nat);
        var past = new CallContext { AsOf = Model.Now.AddSeconds(-10) };
        Assert.Empty(Model.DescribeRouteTables(new DescribeRouteTablesCall(), past).Tables[0].Table.Routes);
        Assert.Single(Model.DescribeRouteTables(new DescribeRouteTablesCall()).Tables[0].Table.Routes);
    }

    [Fact]
    public void A_snapshot_keeps_tables_routes_and_gateways_and_an_old_one_gets_default_tables()
    {
        var nat = Nat();
        Add("0.0.0.0/0", "NAT", nat);
        Model.AssociateRouteTable("subnet-1", Model.CreateRouteTable("vpc-1", "rtb-own").Id);
        var snapshot = Model.TakeSnapshot();
        var restored = CloudModel.Restore(_cloud.Clock, snapshot);
        Assert.Equal(["rtb-1", "rtb-own"], restored.RouteTables.Select(t => t.Table.Id));
        Assert.Equal(("rtb-own", nat), (restored.Subnets[0].RouteTableId, restored.NatGateways[0].Gateway.Id));
        Assert.Single(restored.NatGateways[0].Addresses);

        var old = CloudModel.Restore(_cloud.Clock, snapshot with { RouteTables = [], NatGateways = [], Subnets = [.. snapshot.Subnets.Select(s => s with { RouteTableId = "" })] });
        Assert.Equal(("rtb-1", "rtb-1"), (old.RouteTables.Single().Table.Id, old.Subnets[0].RouteTableId));
    }

    private string Nat() => Model.CreateNatGateway("vpc-1").Gateway.Id;

    private NextHop Hop(bool withIp) => Model.FindNextHop("subnet-1", Internet, withIp);

    private static NewRoute New(string destination, string type, string id) => new() { Destination = destination, GatewayType = type, GatewayId = id };

    private void Add(string destination, string type, string id, bool? enabled = null) => Model.CreateRoutes(new CreateRoutesCall(Table, [New(destination, type, id) with { Enabled = enabled }]));

    private string Refusal(string destination, string type, string id) => TestCloud.CodeOf(() => Add(destination, type, id));

    private ReplaceRoutesAnswer Replace(NewRoute route) => Model.ReplaceRoutes(new ReplaceRoutesCall(Table, [route]));

    private DeleteRoutesAnswer Delete(string item) => Model.DeleteRoutes(new DeleteRoutesCall(Table, [new NewRoute { ItemId = item }]));

    private DescribeRouteTablesAnswer Tables(params CloudFilter[] filters) => Model.DescribeRouteTables(new DescribeRouteTablesCall { Filters = filters });
}
