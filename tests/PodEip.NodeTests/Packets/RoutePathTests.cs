using PodEip.NodeTests.Cloud;
using Xunit;

namespace PodEip.NodeTests.Packets;

/// <summary>The routes of the Pods' subnet against their addresses: where packets leave, and what the claim says of it.</summary>
public sealed class RoutePathTests(RealCluster cluster)
{
    /// <summary>A part of the internet, which the host answers from as well.</summary>
    private const string Part = "192.0.2.0/24";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_NAT_gateways_route_wins_until_the_controller_adds_the_route_to_the_EIP()
    {
        await using var scene = await PacketScene.CreateAsync(cluster, "nat", Stop);
        var routes = scene.Keep(new PodRoutes(cluster.Cloud.Model));
        routes.Set(nat: PodRoutes.Everywhere, eip: null);
        await cluster.SettledAsync(Stop);
        var bound = await scene.RunAsync("bound", cluster.Small, withAddress: true, Stop);
        var plain = await scene.RunAsync("plain", cluster.Small, withAddress: false, Stop);
        await scene.ExpectOutAsync("bound Pod out, the NAT gateway's route wins", bound, routes.NatIp, Stop);
        await scene.ExpectInAsync("internet to the EIP, the NAT gateway's route wins", bound.Eip!, SeededCloud.World, Stop);
        try
        {
            await cluster.RestartControllerAsync("--manage-eip-routes");
            await scene.ExpectOutSoonAsync("bound Pod out, after the controller added the route to EIP", bound, bound.Eip!, Stop);
            await scene.ExpectOutAsync("unbound Pod out, the same routes", plain, routes.NatIp, Stop);
        }
        finally
        {
            await cluster.RestartControllerAsync();
        }
    }

    [Fact]
    public async Task The_longer_prefix_wins_whichever_next_hop_it_has()
    {
        await using var scene = await PacketScene.CreateAsync(cluster, "prefix", Stop);
        var routes = scene.Keep(new PodRoutes(cluster.Cloud.Model));
        try
        {
            await cluster.RestartControllerAsync("--egress-refresh", "1s");
            var bound = await scene.RunAsync("bound", cluster.Small, withAddress: true, Stop);
            var plain = await scene.RunAsync("plain", cluster.Small, withAddress: false, Stop);
            await ExpectAsync("no routes", null, null, (bound.Eip!, bound.Eip!), (PacketScene.Nothing, PacketScene.Nothing), "True NoRoute");
            await ExpectAsync("NAT for all, EIP for a part", PodRoutes.Everywhere, Part, (routes.NatIp, bound.Eip!), (routes.NatIp, routes.NatIp), "False NatRouteWins");
            await ExpectAsync("EIP for all", null, PodRoutes.Everywhere, (bound.Eip!, bound.Eip!), (PacketScene.Nothing, PacketScene.Nothing), "True EipRoute");
            await ExpectAsync("EIP for all, NAT for a part", Part, PodRoutes.Everywhere, (bound.Eip!, routes.NatIp), (PacketScene.Nothing, routes.NatIp), "False NatRouteWins");

            async Task ExpectAsync(string what, string? nat, string? eip, (string Most, string Part) ofBound, (string Most, string Part) ofPlain, string says)
            {
                routes.Set(nat, eip);
                await cluster.SettledAsync(Stop);
                await scene.ExpectOutAsync($"bound Pod to the rest, {what}", bound, ofBound.Most, Stop);
                await scene.ExpectOutAsync($"bound Pod to the part, {what}", bound, ofBound.Part, Stop, SeededCloud.Elsewhere);
                await scene.ExpectOutAsync($"unbound Pod to the rest, {what}", plain, ofPlain.Most, Stop);
                await scene.ExpectOutAsync($"unbound Pod to the part, {what}", plain, ofPlain.Part, Stop, SeededCloud.Elsewhere);
                await scene.ExpectInAsync($"internet to the EIP, {what}", bound.Eip!, SeededCloud.World, Stop);
                await scene.ExpectAsync($"EgressReady of the claim, {what}", says, token => SaysAsync(scene, bound, token), Stop);
            }
        }
        finally
        {
            await cluster.RestartControllerAsync();
        }
    }

    /// <summary>Status and reason of the claim's condition.</summary>
    private async Task<string> SaysAsync(PacketScene scene, PacketPod pod, CancellationToken cancellation)
    {
        var claim = await cluster.Kubectl.FindAsync("eipclaims", pod.Name, scene.Scope, cancellation);
        var condition = claim?["status"]?["conditions"]?.AsArray().FirstOrDefault(condition => condition!["type"]!.GetValue<string>() == "EgressReady");
        return condition is null ? PacketScene.Nothing : $"{condition["status"]} {condition["reason"]}";
    }
}
