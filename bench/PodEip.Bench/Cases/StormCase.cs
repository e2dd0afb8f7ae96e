using System.Globalization;
using PodEip.Bench.Clusters;
using PodEip.Bench.Results;
using PodEip.TestKit.Waiting;

namespace PodEip.Bench.Cases;

/// <summary>Pods are deleted while as many are created, and the cloud allows half as much from the middle on without telling anybody.</summary>
internal sealed class StormCase() : ClusterCase(
    "storm", "Pods come while others go, and the cloud halves its limit in the middle", new CaseSize("Pods that come and that go", 1000, 20, 5000), quickPart: 25)
{
    private const double Goal = 1.15;

    public override async Task<CaseTable> RunAsync(BenchOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        var count = CountOf(options);
        var column = string.Create(CultureInfo.InvariantCulture, $"{count} Pods");
        await using var bed = await OpenAsync(new BedSize(2 * count, BedSize.Unlimited), options, cancellationToken);
        var (old, come) = (ClusterBed.Names("old", count), ClusterBed.Names("new", count));
        await bed.SeedAsync("old", count, tell, cancellationToken);
        await bed.CreateAsync(come, asking: false, cancellationToken);
        await bed.PaceAsync(1, cancellationToken);
        await bed.QuietAsync(TimeSpan.FromSeconds(3), cancellationToken);
        bed.Calls.Clear();

        tell($"{count} Pods go and {count} come");
        var (clock, began) = (TimeProvider.System.GetTimestamp(), TimeProvider.System.GetUtcNow());
        var storm = Task.WhenAll(bed.DeleteAsync(old, cancellationToken), bed.AskAsync(come, cancellationToken));
        var halved = await HalveAsync(bed, count / 2, cancellationToken);
        tell("the limit is halved");
        var seconds = TimeProvider.System.GetElapsedTime(clock, await bed.Claims.OnlyBoundAsync(count, ClusterBed.Patience, cancellationToken)).TotalSeconds;
        await storm;

        var all = bed.Calls.Read("AssociateAddress");
        var binds = all.Where(call => call.Code is null).ToList();
        var before = binds.Count(call => call.At < halved);
        var floor = (before / BindCase.DocumentedRate) + ((count - before) / (BindCase.DocumentedRate / 2));
        var last = (binds.Max(call => call.At) - began).TotalSeconds;
        return new CaseTable(
            [column],
            [
                new Row("began → last new Pod bound, last old claim gone", "s", [Figure.Once(column, seconds)])
                {
                    Group = "time",
                    Ratios = [new Ratio(seconds / floor, string.Create(CultureInfo.InvariantCulture, $"the floor of {floor:0.#} s"))],
                    Goal = new Goal(string.Create(CultureInfo.InvariantCulture, $"at most {Goal} × the floor"), seconds <= Goal * floor),
                },
                new Row("began → last bind", "s", [Figure.Once(column, last)]) { Group = "time", Ratios = [new Ratio(last / floor, "the floor")] },
                .. bed.Calls.Counters.Where(counter => counter.Calls > count / 50).Select(counter => new Row(counter.Action, "calls a Pod", [Figure.Once(column, counter.Calls / (double)count)]) { Group = "calls" }),
                new Row("binds refused for their rate", "calls", [Figure.Once(column, all.Count(call => call.Code == "RequestLimitExceeded"))]) { Group = "calls" },
            ]);
    }

    /// <summary>Halves the limit after so many binds.</summary>
    /// <returns>When, by the cloud's clock.</returns>
    private static async Task<DateTimeOffset> HalveAsync(ClusterBed bed, int after, CancellationToken cancellationToken)
    {
        await Eventually.BecomesTrueAsync(() => bed.Calls.CountOf("AssociateAddress") >= after, ClusterBed.Patience, "half of the binds", cancellationToken);
        bed.CloudRates(0.5);
        return TimeProvider.System.GetUtcNow();
    }
}
