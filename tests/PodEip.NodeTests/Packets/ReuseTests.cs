using System.Globalization;
using PodEip.NodeTests.Cloud;
using PodEip.NodeTests.Hosts;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.NodeTests.Packets;

/// <summary>A private IP that goes to the next Pod while the old one's address may still be on it.</summary>
public sealed class ReuseTests(RealCluster cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.8)]
    [InlineData(30.0)]
    public async Task The_next_Pod_of_a_private_IP_has_nothing_of_the_old_address_once_its_unbinding_is_confirmed(double unbindingSeconds)
    {
        await using var scene = await PacketScene.CreateAsync(cluster, "reuse", Stop);
        scene.Keep(new ChangedSettings(cluster.Cloud.Model, settings => settings with { UnbindingTime = TimeSpan.FromSeconds(unbindingSeconds) }));
        SharedEniNetwork.ReuseFreedIps(cluster.Small.IpamFolder);
        var old = await scene.RunAsync("old", cluster.Small, withAddress: true, Stop);
        // Says where it is seen from, as fast as it can, from its first moment on.
        var path = $"/{scene.Scope}";
        var script = $"while :; do timeout 1 wget -q -O /dev/null http://{SeededCloud.World}{path}; done & exec httpd -f -p 8080 -h /www";
        var model = cluster.Cloud.Model;
        var address = model.Addresses.First(address => address.PublicIp == old.Eip);
        SharedEniNetwork.ReuseFreedIps(cluster.Small.IpamFolder);
        await scene.DeleteAsync("old", Stop);
        await scene.StartAsync("next", cluster.Small, withAddress: false, Stop, script);
        await Eventually.BecomesTrueAsync(() => model.FindAddress(address.Id) is null or { PrivateIp: null }, TimeSpan.FromMinutes(2), "the old address to be unbound", Stop);
        await cluster.SettledAsync(Stop);
        var confirmed = model.Now;
        var next = await scene.RunAsync("next", cluster.Small, withAddress: false, Stop, script);
        cluster.Paths.Expect("the private IP of the next Pod", old.Ip, next.Ip);
        await scene.ExpectOutAsync("next Pod of that IP out, after the unbinding", next, PacketScene.Nothing, Stop);
        await scene.ExpectInAsync("internet to the old EIP, after the unbinding", old.Eip!, PacketScene.Nothing, Stop);
        var visits = cluster.Cloud.Visits.Where(visit => visit.Path == path).ToList();
        Assert.DoesNotContain(visits, visit => visit.At > confirmed);
        cluster.Paths.Note(
            string.Create(CultureInfo.InvariantCulture, $"window in which the next Pod left by the old EIP, cloud unbinds in {unbindingSeconds} s"),
            visits.Count == 0 ? "none seen" : string.Create(CultureInfo.InvariantCulture, $"{(visits[^1].At - visits[0].At).TotalMilliseconds:0} ms, {visits.Count} requests"));
    }
}
