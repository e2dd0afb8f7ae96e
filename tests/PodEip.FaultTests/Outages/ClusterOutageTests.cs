using PodEip.Api.Resources;
using PodEip.CloudSim.Model;
using PodEip.Dev.ControlPlane;
using PodEip.Hosting;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.FaultTests.Outages;

/// <summary>Parts of the control plane go and come back. The controller has an election, here a brisk one, and is started again when it ends.</summary>
[Collection(Stage.Outages)]
public sealed class ClusterOutageTests(Stage stage, ITestOutputHelper output) : OutageScene(stage, output)
{
    private static readonly string[] Kept = ["own-0", "own-1", "fixed-0", "fixed-1", "given"];

    private static readonly SceneOptions Supervised = new() { Name = "outage", Cvms = 4, Flags = "--lease-duration 6s --renew-deadline 4s --retry-period 1s --call-timeout 2s" };

    [Theory]
    [InlineData(ControlPlanePart.ApiServer, false)]
    [InlineData(ControlPlanePart.ApiServer, true)]
    [InlineData(ControlPlanePart.Etcd, false)]
    public async Task While_it_is_gone_nothing_is_touched_and_all_is_made_up_for_afterwards(ControlPlanePart part, bool isFrozen)
    {
        var (scene, space) = await OpenAsync("outage", Supervised);
        await using var supervisor = new Supervisor(scene.Controller);
        var given = scene.GiveAddress().Id;
        await scene.CreateAllAsync(space, [.. Enumerable.Range(0, 2).SelectMany(i => new[] { Pods.New($"own-{i}"), Pods.New($"fixed-{i}", isFixed: true) }), Pods.Given("given", given), Pods.New("leaving"), Pods.New("leaving-fixed", isFixed: true)], Ct);
        var before = await scene.AllBoundAsync(space, 7, Ct);
        scene.Calls.Clear();

        // Some are on their way in, some on their way out.
        await scene.CreateAllAsync(space, Enumerable.Range(0, 3).Select(i => Pods.New($"late-{i}", isFixed: i == 0)), Ct);
        await Task.WhenAll(scene.DeletePodAsync(space, "leaving", Ct), scene.DeletePodAsync(space, "leaving-fixed", Ct));
        await StopAsync(scene, part, isFrozen);
        var gone = scene.Cloud.Clock.GetUtcNow();
        await Eventually.BecomesTrueAsync(() => supervisor.Exits.Contains(ExitCodes.LeadershipLost), description: "the leader to end, for it can't renew", cancellation: Ct);
        var ended = scene.Cloud.Clock.GetUtcNow();
        await Eventually.BecomesTrueAsync(() => scene.Cloud.Clock.GetUtcNow() - ended > TimeSpan.FromSeconds(8), description: "an outage that lasts", cancellation: Ct);
        var back = scene.Cloud.Clock.GetUtcNow();
        Assert.DoesNotContain(scene.Calls.Read(), call => call.At >= ended);
        await ReturnAsync(scene, part, isFrozen);

        await scene.CreateAllAsync(space, Enumerable.Range(0, 2).Select(i => Pods.New($"after-{i}")), Ct);
        await scene.SeesAsync(space, "leaving-fixed", sight => sight is { Pod: null, Claim.Status.Phase: ClaimPhase.Retained }, Ct);
        await scene.GoneAsync(space, "leaving", Ct);
        var after = await SettledAsync(scene, space, 10, retained: 1);
        Output.WriteLine($"{part} was {(isFrozen ? "frozen" : "killed")} for {Seconds(back - gone)}; the controller ended with {string.Join(", ", supervisor.Exits)} and was started again; {scene.Calls.Counters.Sum(c => c.Calls)} cloud calls");
        Assert.All(Kept, name => Assert.Equal((before[name].Address!.Id, before[name].Pod!.Metadata.Uid), (after[name].Address!.Id, after[name].Pod!.Metadata.Uid)));
        Assert.Equal(before["leaving-fixed"].Address!.Id, after["leaving-fixed"].Address!.Id);
        Assert.Equal(AddressStatus.Unbind, after["leaving-fixed"].Address!.Status);
        AssertUntouched(scene, [.. Kept.Select(name => before[name].Address!.Id)]);
        Assert.All(scene.Calls.Read("ReleaseAddresses"), call => Assert.Contains(before["leaving"].Address!.Id, call.Subject, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watches_that_are_cut_go_on_where_they_were()
    {
        var (scene, space) = await OpenAsync("cut", Supervised);
        await using var supervisor = new Supervisor(scene.Controller);
        await scene.CreateAllAsync(space, Enumerable.Range(0, 4).Select(i => Pods.New($"pod-{i}", isFixed: i % 2 == 0)), Ct);
        var before = await scene.AllBoundAsync(space, 4, Ct);
        scene.Calls.Clear();
        for (var i = 0; i < 2; i++)
        {
            await scene.DeletePodAsync(space, $"pod-{i}", Ct);
            await scene.CreateAsync(space, Pods.New($"new-{i}"), Ct);
            await scene.Plane.KillAsync(ControlPlanePart.ApiServer, Ct);
            await scene.Plane.StartAsync(ControlPlanePart.ApiServer, Ct);
        }

        var after = await SettledAsync(scene, space, 4, retained: 1);
        Assert.All((string[])["pod-2", "pod-3"], name => Assert.Equal(before[name].Address!.Id, after[name].Address!.Id));
        AssertUntouched(scene, before["pod-2"].Address!.Id, before["pod-3"].Address!.Id);
        Output.WriteLine($"exits meanwhile: {supervisor.Exits.Count} ({string.Join(", ", supervisor.Exits)})");
    }

    private static async Task StopAsync(Scene scene, ControlPlanePart part, bool isFrozen)
    {
        if (isFrozen)
        {
            scene.Plane.Pause(part);
            return;
        }

        await scene.Plane.KillAsync(part, Ct);
    }

    private static async Task ReturnAsync(Scene scene, ControlPlanePart part, bool isFrozen)
    {
        if (isFrozen)
        {
            scene.Plane.Resume(part);
        }

        await scene.Plane.StartAsync(part, Ct);
        await scene.Plane.StartAsync(ControlPlanePart.ApiServer, Ct);
    }
}
