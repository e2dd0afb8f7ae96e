using System.Globalization;
using PodEip.NodeTests.Packets;
using Xunit;

namespace PodEip.NodeTests.Scheduling;

/// <summary>The slots that the controller publishes, as the real scheduler and the real kubelet take them.</summary>
public sealed class CapacityTests(RealCluster cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Four_vCPUs_give_one_slot_and_sixteen_with_two_addresses_outside_give_two()
    {
        await cluster.StartedAsync(Stop);
        await Slots.BecomeAsync(cluster, cluster.Small, 1, Stop);
        await Slots.BecomeAsync(cluster, cluster.Large, 2, Stop);
    }

    [Fact]
    public async Task An_address_outside_that_is_unbound_gives_its_slot_back_up_to_the_limit_less_one()
    {
        await cluster.StartedAsync(Stop);
        var model = cluster.Cloud.Model;
        foreach (var (node, without, with) in new[] { (cluster.Small, 1, 1), (cluster.Large, 3, 2) })
        {
            var outside = model.Addresses.First(address => address.PrivateIp == node.Shape.EniIp && address.IsBound);
            model.ForceUnbind(outside.Id);
            try
            {
                await Slots.BecomeAsync(cluster, node, without, Stop);
            }
            finally
            {
                model.ForceBind(outside.Id, node.Shape.EniId, node.Shape.EniIp);
            }

            await Slots.BecomeAsync(cluster, node, with, Stop);
        }
    }

    [Fact]
    public async Task The_surplus_Pod_waits_with_the_schedulers_reason_and_takes_the_place_of_one_that_leaves()
    {
        await using var scene = await PacketScene.CreateAsync(cluster, "slots", Stop);
        await Slots.BecomeAsync(cluster, cluster.Small, 1, Stop);
        await Slots.BecomeAsync(cluster, cluster.Large, 2, Stop);
        foreach (var name in (string[])["a", "b", "c"])
        {
            await scene.StartAsync(name, node: null, withAddress: true, Stop, resources: true);
            await Slots.BoundAsync(cluster, scene.Scope, name, Stop);
        }

        await scene.StartAsync("surplus", node: null, withAddress: true, Stop, resources: true);
        var reason = await Slots.UnschedulableAsync(cluster, scene.Scope, "surplus", Stop);
        Assert.Contains($"Insufficient {Slots.Resource}", reason, StringComparison.Ordinal);
        cluster.Paths.Note("the fourth Pod for three slots", reason);
        await scene.DeleteAsync("b", Stop);
        await Slots.BoundAsync(cluster, scene.Scope, "surplus", Stop);
    }

    [Fact]
    public async Task A_kubelet_restart_leaves_Pods_their_slots_and_a_Node_that_registers_anew_has_its_own_within_seconds()
    {
        await using var scene = await PacketScene.CreateAsync(cluster, "kubelet", Stop);
        await Slots.BecomeAsync(cluster, cluster.Small, 1, Stop);
        await Slots.BecomeAsync(cluster, cluster.Large, 2, Stop);
        await scene.StartAsync("stays", cluster.Small, withAddress: true, Stop, resources: true);
        var eip = await Slots.BoundAsync(cluster, scene.Scope, "stays", Stop);
        await cluster.Small.RestartKubeletAsync(Stop);
        var back = await Slots.BecomeAsync(cluster, cluster.Small, 1, Stop);
        Note("slots are there after a kubelet restarted", back);
        Assert.Equal(eip, await Slots.BoundAsync(cluster, scene.Scope, "stays", Stop));

        // Registered anew, a Node has no extended resource at all.
        await cluster.Kubectl.RunAsync(["delete", "node", cluster.Large.Shape.Name], cancellation: Stop);
        await cluster.Large.RestartKubeletAsync(Stop);
        back = await Slots.BecomeAsync(cluster, cluster.Large, 2, Stop);
        Note("slots are back after a Node registered anew", back);
        await cluster.ReadyAsync(cluster.Large, Stop);

        void Note(string what, TimeSpan time)
        {
            cluster.Paths.Note(what, string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"));
            Assert.InRange(time.TotalSeconds, 0, 30);
        }
    }
}
