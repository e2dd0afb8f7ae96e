using PodEip.NodeTests.Cloud;
using Xunit;

namespace PodEip.NodeTests.Packets;

/// <summary>Ways between Pods and the internet without an agent of ours on the node.</summary>
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
}
