using System.Globalization;
using PodEip.Scenes;
using Xunit;

namespace PodEip.ClusterTests.Cases;

/// <summary>Many Pods at once, at the call rates that the cloud documents.</summary>
[Collection(Stage.Alone)]
public sealed class RolloutTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private const int PodCount = 200;

    private static readonly SceneOptions Documented = new() { Name = "rollout", Cvms = 23, Rates = 1, Resync = "5m", LogLevel = "info" };

    [Fact]
    public async Task Two_hundred_Pods_are_bound_with_few_calls()
    {
        var (scene, space) = await OpenAsync("rollout", Documented);
        var (start, begun) = (TimeProvider.System.GetTimestamp(), TimeProvider.System.GetUtcNow());
        await scene.CreateAllAsync(space, Enumerable.Range(0, PodCount).Select(i => Pods.New($"pod-{i}")), Ct);
        var created = TimeProvider.System.GetElapsedTime(start);
        var all = await scene.AllBoundAsync(space, PodCount, Ct, TimeSpan.FromMinutes(4));
        var bound = TimeProvider.System.GetElapsedTime(start);

        var counters = scene.Calls.Counters;
        var calls = counters.Sum(counter => counter.Calls);
        var binds = scene.Calls.Read("AssociateAddress");
        var binding = binds[^1].At - binds[0].At;
        Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{PodCount} Pods created in {created.TotalSeconds:0.0} s, all bound after {bound.TotalSeconds:0.0} s; binds were sent over {binding.TotalSeconds:0.0} s ({PodCount / binding.TotalSeconds:0.00} a second)"));
        Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(double)calls / PodCount:0.000} cloud calls a Pod:"));
        foreach (var counter in counters)
        {
            var sent = scene.Calls.Read(counter.Action);
            Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {counter.Action} {counter.Calls}{string.Concat(counter.Errors.Select(error => $", {error.Key} {error.Value}"))}, from {(sent[0].At - begun).TotalSeconds:0.0} s to {(sent[^1].At - begun).TotalSeconds:0.0} s"));
        }

        Assert.Equal(PodCount, all.Values.Select(sight => sight.Address!.Id).Distinct().Count());
        Assert.Equal(PodCount, scene.OwnAddresses.Count);
        // What is written does not depend on how long it takes; what is read, for all Pods at once, does. The benchmark has the sum.
        var reads = counters.Where(counter => counter.Action.StartsWith("Describe", StringComparison.Ordinal)).ToList();
        var writes = calls - reads.Sum(counter => counter.Calls);
        Assert.True(writes <= 1.15 * PodCount, $"{writes} calls that write for {PodCount} Pods");
        Assert.All(reads, counter => Assert.True(counter.Calls <= 5 + bound.TotalSeconds, $"{counter.Action} {counter.Calls} times in {bound.TotalSeconds:0} s"));
    }
}
