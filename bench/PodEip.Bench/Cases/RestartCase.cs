using System.Globalization;
using PodEip.Bench.Clusters;
using PodEip.Bench.Results;
using PodEip.Controller.Addresses;

namespace PodEip.Bench.Cases;

/// <summary>A controller that ends and is started again, with everything in place: it has to learn what there is, and to change nothing.</summary>
internal sealed class RestartCase() : ClusterCase(
    "restart", "the controller ends and starts: until it is ready and quiet, and what it asks", new CaseSize("bound claims", 10_000, 100, 20_000), quickPart: 100)
{
    private const double ReadyGoal = 5;

    /// <summary>Addresses that one call lists.</summary>
    private static readonly int PageSize = new BookSettings().MostPerRead;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    public override bool SharesCluster => true;

    public override async Task<CaseTable> RunAsync(BenchOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        var count = CountOf(options);
        var bed = await options.Large.OpenAsync(count, OverheadCase.Room(options), options, cancellationToken);
        await options.Large.GrowAsync(count, tell, cancellationToken);
        count = bed.Claims.Count;
        var column = string.Create(CultureInfo.InvariantCulture, $"{count} claims");
        // The documented rates hold for what is measured.
        await bed.PaceAsync(1, cancellationToken);
        await bed.QuietAsync(Silence, cancellationToken);
        var rows = new List<Row>();
        foreach (var (how, group) in (IEnumerable<(Func<Task>, string)>)[(bed.Scene.Controller.StopAsync, "asked to end (SIGTERM)"), (() => bed.Scene.Controller.KillAsync(cancellationToken), "killed (SIGKILL)")])
        {
            tell(group);
            await how();
            rows.AddRange(await StartAsync(bed, count, column, group, cancellationToken));
        }

        return new CaseTable([column], rows);
    }

    private static async Task<IEnumerable<Row>> StartAsync(ClusterBed bed, int count, string column, string group, CancellationToken cancellationToken)
    {
        bed.Calls.Clear();
        var (clock, began) = (TimeProvider.System.GetTimestamp(), TimeProvider.System.GetUtcNow());
        bed.Scene.Controller.Start();
        await bed.Scene.Controller.LeadsAsync(cancellationToken);
        var leads = TimeProvider.System.GetElapsedTime(clock).TotalSeconds;
        await bed.KnowsAsync(cancellationToken);
        var knows = TimeProvider.System.GetElapsedTime(clock).TotalSeconds;
        var last = await bed.QuietAsync(Silence, cancellationToken);
        var counters = bed.Calls.Counters;
        var reads = counters.Where(counter => counter.Action.StartsWith("Describe", StringComparison.Ordinal)).Sum(counter => counter.Calls);
        var writes = counters.Sum(counter => counter.Calls) - reads;
        var most = (count / PageSize) + 10;
        var floor = Math.Ceiling((double)count / PageSize) / RateLimits.Documented(CloudAction.DescribeAddresses);
        return
        [
            new Row("started → leads", "s", [Figure.Once(column, leads)]) { Group = group },
            new Row("leads → knows every address", "s", [Figure.Once(column, knows - leads)])
            {
                Group = group,
                Ratios = [new Ratio((knows - leads) / floor, string.Create(CultureInfo.InvariantCulture, $"the list's floor of {floor:0.0} s"))],
                Goal = new Goal(string.Create(CultureInfo.InvariantCulture, $"at most {ReadyGoal} s"), knows - leads <= ReadyGoal),
            },
            new Row("started → last call", "s", [Figure.Once(column, last is { } at ? (at - began).TotalSeconds : 0)]) { Group = group },
            new Row("describe calls", "calls", [Figure.Once(column, reads)]) { Group = group, Goal = new Goal(string.Create(CultureInfo.InvariantCulture, $"at most {most}"), reads <= most) },
            new Row("other calls", "calls", [Figure.Once(column, writes)]) { Group = group, Goal = new Goal("none", writes == 0) },
            .. counters.Where(counter => counter.Calls > 0).Select(counter => new Row("  " + counter.Action, "calls", [Figure.Once(column, counter.Calls)]) { Group = group }),
        ];
    }
}
