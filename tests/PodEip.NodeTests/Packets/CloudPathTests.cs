using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;
using PodEip.NodeTests.Cloud;
using Xunit;

namespace PodEip.NodeTests.Packets;

/// <summary>Ways between Pods and the internet that the node does not decide.</summary>
public sealed class CloudPathTests(RealCluster cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_any_masquerade_a_bound_Pod_is_its_address_and_others_have_no_way_out()
    {
        await using var scene = await PacketScene.CreateAsync(cluster, "bare", Stop);
        var bound = await scene.RunAsync("bound", cluster.Small, withAddress: true, Stop);
        var plain = await scene.RunAsync("plain", cluster.Small, withAddress: false, Stop);
        await scene.ExpectInAsync("internet to the EIP, as the Pod sees it", bound.Eip!, SeededCloud.World, Stop);
        await scene.ExpectOutAsync("bound Pod out, no masquerade", bound, bound.Eip!, Stop);
        await scene.ExpectOutAsync("unbound Pod out, no masquerade", plain, PacketScene.Nothing, Stop);
    }

    [Theory]
    [InlineData(StockMasquerade.Nft)]
    [InlineData(StockMasquerade.Legacy)]
    public async Task Under_a_stock_masquerade_every_Pod_leaves_as_its_node(string tool)
    {
        await using var scene = await PacketScene.CreateAsync(cluster, "stock", Stop);
        scene.Keep(await StockMasquerade.SetAsync(cluster.Small, tool, Stop));
        var bound = await scene.RunAsync("bound", cluster.Small, withAddress: true, Stop);
        var plain = await scene.RunAsync("plain", cluster.Small, withAddress: false, Stop);
        var node = cluster.WayOut(cluster.Small);
        await scene.ExpectInAsync($"internet to the EIP, {tool} masquerades", bound.Eip!, SeededCloud.World, Stop);
        await scene.ExpectOutAsync($"bound Pod out, {tool} masquerades", bound, node, Stop);
        await scene.ExpectOutAsync($"unbound Pod out, {tool} masquerades", plain, node, Stop);
    }

    [Fact]
    public async Task A_NAT_gateways_route_wins_until_the_controller_adds_the_route_to_the_EIP()
    {
        await using var scene = await PacketScene.CreateAsync(cluster, "nat", Stop);
        var model = cluster.Cloud.Model;
        var table = model.CreateRouteTable(SeededCloud.VpcId);
        var before = model.Subnets.First(subnet => subnet.Id == SeededCloud.PodSubnet).RouteTableId;
        var nat = model.CreateNatGateway(SeededCloud.VpcId);
        model.CreateRoutes(new CreateRoutesCall(table.Id, [new NewRoute { Destination = "0.0.0.0/0", GatewayType = GatewayTypes.Nat, GatewayId = nat.Gateway.Id }]));
        model.AssociateRouteTable(SeededCloud.PodSubnet, table.Id);
        try
        {
            var bound = await scene.RunAsync("bound", cluster.Small, withAddress: true, Stop);
            var plain = await scene.RunAsync("plain", cluster.Small, withAddress: false, Stop);
            var natIp = nat.Addresses[0].PublicIp!;
            await scene.ExpectOutAsync("bound Pod out, the NAT gateway's route wins", bound, natIp, Stop);
            await scene.ExpectInAsync("internet to the EIP, the NAT gateway's route wins", bound.Eip!, SeededCloud.World, Stop);
            await cluster.RestartControllerAsync("--manage-eip-routes");
            await scene.ExpectOutSoonAsync("bound Pod out, after the controller added the route to EIP", bound, bound.Eip!, Stop);
            await scene.ExpectOutAsync("unbound Pod out, the same routes", plain, natIp, Stop);
        }
        finally
        {
            await cluster.RestartControllerAsync();
            model.AssociateRouteTable(SeededCloud.PodSubnet, before);
            model.DeleteNatGateway(nat.Gateway.Id);
            model.DeleteRouteTable(table.Id);
        }
    }
}
