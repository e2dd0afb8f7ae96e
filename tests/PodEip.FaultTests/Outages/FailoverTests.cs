using System.Text;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.FaultTests.Outages;

/// <summary>Two replicas with an election at its default times; the leader is lost in the middle of its work.</summary>
[Collection(Stage.Outages)]
public sealed class FailoverTests(Stage stage, ITestOutputHelper output) : OutageScene(stage, output)
{
    private const int PodCount = 60;
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Killing_the_leader_in_mid_rollout_costs_at_most_the_lease_and_two_seconds()
    {
        var (scene, space) = await OpenAsync("failover", Replicated("killed"));
        var second = await StandByAsync(scene);
        using var stalls = new StallWatch();
        await BeginRolloutAsync(scene, space);
        await scene.Controller.KillAsync(Ct);
        await FirstWriteAsync(scene, second);
        var stall = stalls.Longest;

        var (last, first) = (WritesOf(scene, scene.Controller)[^1], WritesOf(scene, second)[0]);
        Output.WriteLine($"{Seconds(first.At - last.At)} from the last {last.Action} of the one to the first {first.Action} of the other; longest stall of this machine meanwhile {Seconds(stall)}");
        Assert.True(first.At - last.At <= LeaseDuration + Allowed + stall, $"{first.At - last.At}");
        await SettledAsync(scene, space, PodCount);
    }

    [Fact]
    public async Task A_leader_that_is_frozen_and_woken_after_its_successor_began_sends_nothing_and_ends()
    {
        var (scene, space) = await OpenAsync("failover", Replicated("frozen"));
        var second = await StandByAsync(scene);
        await BeginRolloutAsync(scene, space);
        scene.Controller.Process.Pause();
        await Eventually.BecomesTrueAsync(() => WritesOf(scene, second).Any(call => call.Action == "AssociateAddress"), description: "the successor to bind", cancellation: Ct);
        var woken = scene.Cloud.Clock.GetUtcNow();
        scene.Controller.Process.Resume();
        Assert.Equal(ExitCodes.LeadershipLost, await scene.Controller.Process.ExitCodeAsync(cancellation: Ct));

        // What the kernel held of it came at the freeze, seconds before: a call that comes now was begun now.
        var after = CallsOf(scene, scene.Controller).Where(call => call.At >= woken).ToList();
        Output.WriteLine($"{CallsOf(scene, scene.Controller).Count} calls before the freeze, {after.Count} after it");
        Assert.Empty(after);
        await SettledAsync(scene, space, PodCount);
        Assert.DoesNotContain(CallsOf(scene, scene.Controller), call => call.At >= woken);
    }

    [Fact]
    public async Task A_leader_whose_lease_is_taken_in_mid_write_ends_and_the_next_one_finishes()
    {
        var (scene, space) = await OpenAsync("failover", Replicated("robbed"));
        var second = await StandByAsync(scene);
        await DelayAsync(scene, scene.Controller, "AssociateAddress", seconds: 8, count: 5, () => scene.CreateAllAsync(space, Enumerable.Range(0, 10).Select(i => Pods.New($"pod-{i}", isFixed: i % 2 == 0)), Ct));
        await TakeLeaseAsync(scene);
        Assert.Equal(ExitCodes.LeadershipLost, await scene.Controller.Process.ExitCodeAsync(cancellation: Ct));
        await second.LeadsAsync(Ct);
        await SettledAsync(scene, space, 10);
    }

    private static SceneOptions Replicated(string name) => new() { Name = name, Cvms = 8, Rates = 1, LogLevel = "info" };

    private static async Task<ControllerRun> StandByAsync(Scene scene)
    {
        await scene.Controller.LeadsAsync(Ct);
        var second = scene.Replica("second");
        second.Start();
        await second.ReadyAsync(Ct);
        await second.Process.LineAsync(line => line.Contains("holds the lease", StringComparison.Ordinal), "who leads", cancellation: Ct);
        return second;
    }

    private static async Task BeginRolloutAsync(Scene scene, string space)
    {
        await scene.CreateAllAsync(space, Enumerable.Range(0, PodCount).Select(i => Pods.New($"pod-{i}", isFixed: i % 2 == 0)), Ct);
        await Eventually.BecomesTrueAsync(() => scene.Calls.CountOf("AssociateAddress") >= PodCount / 4, description: "a quarter to be bound", cancellation: Ct);
    }

    private static Task FirstWriteAsync(Scene scene, ControllerRun controller) =>
        Eventually.BecomesTrueAsync(() => WritesOf(scene, controller).Count > 0, description: "the successor to write", cancellation: Ct);

    private static async Task TakeLeaseAsync(Scene scene)
    {
        var leases = await scene.Client.CoordinationV1.ListLeaseForAllNamespacesAsync(cancellationToken: Ct);
        var lease = leases.Items.Single(lease => lease.Metadata.Name.StartsWith("podeip-controller-", StringComparison.Ordinal) && scene.Namespaces.Contains(lease.Metadata.NamespaceProperty));
        await scene.Api.PatchAsync(
            ResourcePath.Group("coordination.k8s.io", "v1", "leases", lease.Metadata.NamespaceProperty, lease.Metadata.Name), PatchKind.Merge,
            Encoding.UTF8.GetBytes("""{"spec":{"holderIdentity":"a thief"}}"""), KubernetesJsonContext.Default.PartialObject, Ct);
    }
}
