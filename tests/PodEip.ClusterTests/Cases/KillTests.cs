using System.Globalization;
using PodEip.CloudSim.Model;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.ClusterTests.Cases;

/// <summary>
/// The controller is killed at random moments of a rollout and started anew. <c>PODEIP_KILLS</c>: how often (5); <c>PODEIP_SEED</c>: repeats the moments of a run.
/// </summary>
[Collection(Stage.Alone)]
public sealed class KillTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private const int PodCount = 100;

    // No election: the next process begins at once, with the last one's calls still under way, instead of after the lease has lapsed.
    private static readonly SceneOptions Killed = new() { Name = "kill", Cvms = 12, Rates = 1, LogLevel = "info", Flags = "--leader-elect=false" };

    [Fact]
    public async Task However_often_it_is_killed_each_Pod_gets_one_address_and_none_is_lost()
    {
        var kills = Number("PODEIP_KILLS") ?? 5;
        var seed = Number("PODEIP_SEED") ?? Environment.TickCount;
        Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PODEIP_SEED={seed} PODEIP_KILLS={kills}"));
        var dice = new Random(seed);
        var (scene, space) = await OpenAsync("kill", Killed);

        // Half of them fixed: their marks are one more write that a kill can come between.
        await scene.CreateAllAsync(space, Enumerable.Range(0, PodCount).Select(i => Pods.New($"pod-{i}", isFixed: i % 2 == 0)), Ct);
        for (var i = 0; i < kills; i++)
        {
            // A moment at which it works: a process that is still starting has nothing to lose.
            var calls = scene.Calls.CountOf("DescribeAddresses");
            await Eventually.BecomesTrueAsync(() => scene.Calls.CountOf("DescribeAddresses") > calls || IsDone(scene), description: "the controller to work", cancellation: Ct);
            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(0, 2500)), TimeProvider.System, Ct);
            await scene.Controller.KillAsync(Ct);
            Output.WriteLine($"kill {i + 1}: {Count(scene, "AllocateAddresses")} purchases, {scene.OwnAddresses.Count} addresses, {scene.OwnAddresses.Count(address => address.Status is AddressStatus.Bind)} of them bound, {Count(scene, "AssociateAddress")} binds");
            scene.Controller.Start();
        }

        var all = await scene.AllBoundAsync(space, PodCount, Ct, TimeSpan.FromMinutes(3));
        Assert.Equal(PodCount, all.Values.Select(sight => sight.Address!.Id).Distinct().Count());
        Assert.Equal(PodCount, all.Values.Select(sight => sight.Pod!.Status.PodIP).Distinct().Count());

        // Nobody waits any more: what no claim has would be released in a second, and then more would have been bought than were needed.
        await scene.Controller.ReadyAsync(Ct);
        await Eventually.BecomesTrueAsync(() => scene.OwnAddresses.Select(address => address.Id).Order().SequenceEqual(all.Values.Select(sight => sight.Address!.Id).Order()), description: "no address outside the claims", cancellation: Ct);
        var released = scene.Calls.Read("ReleaseAddresses").Count(call => call.Executed);
        Output.WriteLine($"{Count(scene, "AllocateAddresses")} purchases, {Count(scene, "AssociateAddress")} binds, {released} releases, {scene.Calls.Counters.Sum(counter => counter.Calls)} calls in all for {PodCount} Pods");
        Assert.Equal(0, released);
    }

    private static bool IsDone(Scene scene) => scene.OwnAddresses.Count(address => address.Status is AddressStatus.Bind) == PodCount;

    private static int Count(Scene scene, string action) => scene.Calls.Read(action).Count(call => call.Executed);

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
