using PodEip.NodeTests.Cloud;
using Xunit;

namespace PodEip.NodeTests.Packets;

/// <summary>What the node agent makes of the ways out, and what it leaves to kube-proxy.</summary>
public sealed class AgentPathTests(RealCluster cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The roles, and beside whose rules.</summary>
    public static TheoryData<string, string?> Roles => new()
    {
        { "agent as the cluster's ip-masq-agent", null },
        { "agent beside a stock one in iptables-nft", StockMasquerade.Nft },
        { "agent beside a stock one in iptables-legacy", StockMasquerade.Legacy },
    };

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Bound_Pods_leave_as_their_addresses_and_all_else_stays_as_it_is(string role, string? stock)
    {
        await using var scene = await PacketScene.CreateAsync(cluster, "agent", Stop);
        foreach (var node in cluster.Nodes)
        {
            if (stock is not null)
                scene.Keep(await StockMasquerade.SetAsync(node, stock, Stop));
            scene.Keep(await NodeAgent.StartAsync(node, cluster.Plane.KubeconfigPath, stock is null ? "full" : "auto", Stop));
        }

        var bound = await scene.RunAsync("bound", cluster.Small, withAddress: true, Stop);
        var plain = await scene.RunAsync("plain", cluster.Small, withAddress: false, Stop);
        var other = await scene.RunAsync("other", cluster.Large, withAddress: false, Stop);
        await scene.ExpectOutSoonAsync($"bound Pod out, {role}", bound, bound.Eip!, Stop);
        await scene.ExpectOutAsync($"unbound Pod out, {role}", plain, cluster.WayOut(cluster.Small), Stop);
        await scene.ExpectInAsync($"internet to the EIP, {role}", bound.Eip!, SeededCloud.World, Stop);

        var toBound = await scene.ServiceAsync("bound", Stop);
        var toOther = await scene.ServiceAsync("other", Stop);
        await scene.ExpectAsync(
            $"internet to node-2's port, Pod on node-1, {role}", cluster.Large.Shape.Ip,
            token => PacketScene.FromInternetAsync(cluster.OrdinaryIp(cluster.Large), toBound.NodePort, token), Stop);
        await scene.ExpectAsync($"bound Pod to a cluster IP, Pod on node-2, {role}", bound.Ip, token => scene.AskAsync(bound, toOther.ClusterIp, 8080, token), Stop);
        await scene.ExpectAsync(
            $"bound Pod to its node's port, Pod on node-2, {role}", cluster.Small.Shape.EniIp,
            token => scene.AskAsync(bound, cluster.Small.Shape.Ip, toOther.NodePort, token), Stop);
        await scene.ExpectAsync($"bound Pod to a Pod on node-2, {role}", bound.Ip, token => scene.AskAsync(bound, other.Ip, 8080, token), Stop);
    }

    [Fact]
    public async Task A_killed_agent_leaves_working_rules_and_its_cleanup_takes_them_away()
    {
        await using var scene = await PacketScene.CreateAsync(cluster, "killed", Stop);
        scene.Keep(await StockMasquerade.SetAsync(cluster.Small, StockMasquerade.Nft, Stop));
        var agent = scene.Keep(await NodeAgent.StartAsync(cluster.Small, cluster.Plane.KubeconfigPath, "auto", Stop));
        var bound = await scene.RunAsync("bound", cluster.Small, withAddress: true, Stop);
        await scene.ExpectOutSoonAsync("bound Pod out, before the agent is killed", bound, bound.Eip!, Stop);
        await agent.KillAsync(Stop);
        await scene.ExpectOutAsync("bound Pod out, after the agent was killed", bound, bound.Eip!, Stop);
        await agent.CleanUpAsync(Stop);
        await scene.ExpectOutAsync("bound Pod out, after the agent's cleanup", bound, cluster.WayOut(cluster.Small), Stop);
    }

    [Fact]
    public async Task A_Pod_that_loses_its_address_leaves_as_its_node_again()
    {
        await using var scene = await PacketScene.CreateAsync(cluster, "loses", Stop);
        scene.Keep(await NodeAgent.StartAsync(cluster.Small, cluster.Plane.KubeconfigPath, "full", Stop));
        var bound = await scene.RunAsync("bound", cluster.Small, withAddress: true, Stop);
        await scene.ExpectOutSoonAsync("bound Pod out, before its annotation is removed", bound, bound.Eip!, Stop);
        await cluster.Kubectl.RunAsync(["annotate", "pod", "bound", "-n", scene.Scope, "tke.cloud.tencent.com/eip-attributes-"], cancellation: Stop);
        await scene.ExpectOutSoonAsync("the same Pod out, after its annotation was removed", bound, cluster.WayOut(cluster.Small), Stop);
    }
}
