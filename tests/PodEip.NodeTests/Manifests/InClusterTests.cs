using PodEip.NodeTests.Packets;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.NodeTests.Manifests;

/// <summary>The manifests and the images, with nothing of ours beside them: installed, used, judging, shown, failed over, uninstalled.</summary>
public sealed class InClusterTests(RealCluster cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_kubectl_applies_binds_judges_shows_fails_over_and_leaves_addresses_when_it_is_deleted()
    {
        await Kubectl.RequireComponentsAsync(Stop);
        await cluster.StartedAsync(Stop);
        await cluster.StopControllerAsync();
        try
        {
            await using var scene = await PacketScene.CreateAsync(cluster, "manifests", Stop);
            await using (var installation = await Installation.InstallAsync(cluster, Stop))
                await LiveAsync(scene, installation);

            // Claims end only with a controller.
            await cluster.RestartControllerAsync();
        }
        finally
        {
            if (cluster.Controller.HasEnded)
                await cluster.RestartControllerAsync();
        }
    }

    private async Task LiveAsync(PacketScene scene, Installation installation)
    {
        Assert.Equal(2, (await installation.ControllersAsync(Stop)).Count);
        var first = await scene.RunAsync("first", cluster.Large, withAddress: true, Stop);
        await scene.ExpectOutSoonAsync("bound Pod out, all of Pod EIP in the cluster", first, first.Eip!, Stop);

        var webhook = new WebhookInCluster(cluster, scene.Scope);
        await webhook.JudgesAsync(Stop);
        await ConsoleInCluster.ShowsAsync(cluster, first, Stop);

        // The agent has NET_ADMIN and nothing else, and a Pod without an address shows that its rules are the ones in force.
        var plain = await scene.RunAsync("plain", cluster.Large, withAddress: false, Stop);
        await scene.ExpectOutSoonAsync("unbound Pod out, all of Pod EIP in the cluster", plain, cluster.WayOut(cluster.Large), Stop);

        var leader = await Eventually.BecomesAsync(installation.LeaderAsync, name => name.Length > 0, description: "a leader", cancellation: Stop);
        await cluster.Kubectl.RunAsync(["delete", "pod", leader, "-n", Installation.Scope, "--grace-period=0", "--force"], cancellation: Stop);
        await Eventually.BecomesAsync(installation.LeaderAsync, name => name.Length > 0 && name != leader, TimeSpan.FromMinutes(2), "the other replica to lead", Stop);
        var second = await scene.RunAsync("second", cluster.Large, withAddress: true, Stop);
        await scene.ExpectOutSoonAsync("bound Pod out, after the leader was killed", second, second.Eip!, Stop);

        var logs = await installation.LogsAsync(Stop);
        Assert.Contains("podeip", logs, StringComparison.Ordinal);
        Assert.DoesNotContain(": 403 ", logs, StringComparison.Ordinal);
        // As JSON has it. The agent's image holds no program but nft.
        Assert.DoesNotContain("Can\\u0027t tell whether chain", logs, StringComparison.Ordinal);

        await installation.StopControllersAsync(Stop);
        await webhook.BlocksNobodyAsync(Stop);

        await installation.UninstallAsync(Stop);
        Assert.Equal(2, (await cluster.Kubectl.RunAsync(["get", "eipclaims", "-n", scene.Scope, "-o", "name"], cancellation: Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        foreach (var pod in (PacketPod[])[first, second])
        {
            Assert.Contains(cluster.Cloud.Model.Addresses, address => address.PublicIp == pod.Eip && address.PrivateIp == pod.Ip);
            await scene.ExpectOutAsync($"bound Pod out, after kubectl delete -k: {pod.Name}", pod, pod.Eip!, Stop);
        }
    }
}
