using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.FaultTests.Outages;

/// <summary>
/// What a leader that is gone had asked for takes effect seconds after its successor began. Without an election, so that the successor begins
/// at once: with one, such a write would have to be later than the lease is long.
/// </summary>
[Collection(Stage.Outages)]
public sealed class LateWriteTests(Stage stage, ITestOutputHelper output) : OutageScene(stage, output)
{
    private const int PodCount = 12;
    private const int OldCount = 5;
    private const double Late = 6;

    [Fact]
    public async Task Late_binds_do_no_harm()
    {
        var (scene, space) = await OpenAsync("late", Hasty("late-bind"));
        var second = scene.Replica("second");
        await DelayAsync(scene, scene.Controller, "AssociateAddress", Late, PodCount, () => scene.CreateAllAsync(space, Some(PodCount), Ct));
        await SucceedAsync(scene, second);

        // Four end and two of the same names come: what is bound late is bound for nobody, or for the wrong one.
        foreach (var name in (string[])["pod-0", "pod-1", "pod-2", "pod-3"])
        {
            await scene.ForceDeletePodAsync(space, name, Ct);
        }

        await scene.CreateAllAsync(space, [Pods.New("pod-0", isFixed: true), Pods.New("pod-2", isFixed: true), Pods.New("other-0"), Pods.New("other-1")], Ct);
        await LateOnesAsync(scene, "AssociateAddress", PodCount);
        await SettledAsync(scene, space, PodCount);
    }

    [Fact]
    public async Task Late_purchases_do_no_harm()
    {
        var (scene, space) = await OpenAsync("late", Hasty("late-purchase"));
        var second = scene.Replica("second");
        await DelayAsync(scene, scene.Controller, "AllocateAddresses", Late, 1, () => scene.CreateAllAsync(space, Some(PodCount), Ct));
        await SucceedAsync(scene, second);
        await LateOnesAsync(scene, "AllocateAddresses", 1);
        await SettledAsync(scene, space, PodCount);
        Assert.Empty(scene.Calls.Read("ReleaseAddresses"));
    }

    [Fact]
    public async Task Late_unbinds_do_no_harm()
    {
        var (scene, space) = await OpenAsync("late", Hasty("late-unbind"));
        var second = scene.Replica("second");
        await scene.CreateAllAsync(space, Enumerable.Range(0, PodCount).Select(i => Pods.New($"pod-{i}", isFixed: true)), Ct);
        var before = await scene.AllBoundAsync(space, PodCount, Ct);
        await DelayAsync(scene, scene.Controller, "DisassociateAddress", Late, PodCount, async () =>
        {
            foreach (var name in before.Keys)
            {
                await scene.DeletePodAsync(space, name, Ct);
            }
        });
        await SucceedAsync(scene, second);
        foreach (var name in before.Keys)
        {
            await scene.SeesAsync(space, name, sight => sight.Pod is null, Ct);
            await scene.CreateAsync(space, Pods.New(name, isFixed: true), Ct);
        }

        await LateOnesAsync(scene, "DisassociateAddress", PodCount);
        var after = await SettledAsync(scene, space, PodCount);
        Assert.All(before, pair => Assert.Equal(pair.Value.Address!.Id, after[pair.Key].Address!.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Late_releases_do_no_harm(bool isFixed)
    {
        var (scene, space) = await OpenAsync("late", Hasty(isFixed ? "late-release-fixed" : "late-release"));
        var second = scene.Replica("second");
        // Fewer than half of what the claims will name: more that vanish at once look like a wrong region, and are waited for.
        await scene.CreateAllAsync(space, Enumerable.Range(0, OldCount).Select(i => Pods.New($"old-{i}")), Ct);
        var before = await scene.AllBoundAsync(space, OldCount, Ct);
        await DelayAsync(scene, scene.Controller, "ReleaseAddresses", Late, 1, async () =>
        {
            foreach (var name in before.Keys)
            {
                await scene.DeletePodAsync(space, name, Ct);
            }
        });

        // They wait for their IPs with addresses in hand while the release comes.
        scene.Machines.Delays = SceneOptions.Brisk with { Ip = TimeSpan.FromSeconds(8) };
        await SucceedAsync(scene, second);
        await scene.CreateAllAsync(space, Enumerable.Range(0, PodCount).Select(i => Pods.New($"pod-{i}", isFixed: isFixed)), Ct);
        await LateOnesAsync(scene, "ReleaseAddresses", 1);
        foreach (var name in before.Keys)
        {
            await scene.GoneAsync(space, name, Ct);
        }

        await SettledAsync(scene, space, PodCount);
    }

    private static SceneOptions Hasty(string name) => new() { Name = name, Cvms = 4, Flags = "--leader-elect=false" };

    private static IEnumerable<k8s.Models.V1Pod> Some(int count) => Enumerable.Range(0, count).Select(i => Pods.New($"pod-{i}", isFixed: i % 2 == 0));

    private static async Task SucceedAsync(Scene scene, ControllerRun second)
    {
        await scene.Controller.KillAsync(Ct);
        second.Start();
        await second.ReadyAsync(Ct);
    }

    /// <summary>Waits until the delayed calls have been carried out, or refused.</summary>
    private async Task LateOnesAsync(Scene scene, string action, int count)
    {
        var late = await Eventually.BecomesAsync(
            _ => Task.FromResult(scene.Calls.Read(action).Where(call => call.SecretId == scene.Controller.SecretId && call.Milliseconds >= Late * 900).ToList()),
            calls => calls.Count >= count, description: $"{count} {action} to come late", cancellation: Ct);
        Output.WriteLine($"{late.Count} {action} came {Late} s late, {late.Count(call => call.Executed)} of them took effect");
    }
}
