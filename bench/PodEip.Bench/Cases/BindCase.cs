using System.Globalization;
using PodEip.Bench.Clusters;
using PodEip.Bench.Results;

namespace PodEip.Bench.Cases;

/// <summary>
/// Pods that all ask for an address at once. Binds can't be batched, so the floor is their number by the cloud's rate. The Pods run before the clock
/// does: what the scheduler and the kubelets need is not ours.
/// </summary>
internal sealed class BindCase() : ClusterCase(
    "bind", "many Pods at once: time to the last one bound, against the cloud's rate limit", new CaseSize("Pods", 1000, 20, 5000), quickPart: 25)
{
    /// <summary>The cloud's documented limit of binds, a second.</summary>
    public const double DocumentedRate = 10;

    private static readonly (int Factor, double Goal)[] Limits = [(1, 1.05), (10, 1.15)];

    public override async Task<CaseTable> RunAsync(BenchOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        var count = CountOf(options);
        var column = string.Create(CultureInfo.InvariantCulture, $"{count} Pods");
        var rows = new List<Row>();
        await using var bed = await OpenAsync(new BedSize(Limits.Length * count, Limits[0].Factor), options, cancellationToken);
        foreach (var (factor, goal) in Limits)
        {
            tell(string.Create(CultureInfo.InvariantCulture, $"limits × {factor}"));
            rows.AddRange(await MeasureAsync(bed, count, factor, goal, column, tell, cancellationToken));
        }

        return new CaseTable([column], rows);
    }

    private static async Task<IEnumerable<Row>> MeasureAsync(ClusterBed bed, int count, int factor, double goal, string column, Action<string> tell, CancellationToken cancellationToken)
    {
        var pods = await bed.RunPodsAsync(count, tell, cancellationToken, prefix: string.Create(CultureInfo.InvariantCulture, $"times{factor}"));
        if (factor != Limits[0].Factor)
            await bed.PaceAsync(factor, cancellationToken);
        await bed.QuietAsync(TimeSpan.FromSeconds(2), cancellationToken);
        bed.Calls.Clear();
        tell("asking for addresses");
        var (clock, began) = (TimeProvider.System.GetTimestamp(), TimeProvider.System.GetUtcNow());
        var asking = bed.AskAsync(pods.Select(pod => pod.Name), cancellationToken);
        var seconds = TimeProvider.System.GetElapsedTime(clock, await bed.BoundMoreAsync(count, cancellationToken)).TotalSeconds;
        await asking;

        var binds = bed.Calls.Read("AssociateAddress", code: "");
        var (first, last) = ((binds.Min(call => call.At) - began).TotalSeconds, (binds.Max(call => call.At) - began).TotalSeconds);
        var floor = count / (DocumentedRate * factor);
        var group = string.Create(CultureInfo.InvariantCulture, $"{DocumentedRate * factor:0} binds a second allowed");
        return
        [
            new Row("asked for → last one bound", "s", [Figure.Once(column, seconds)])
            {
                Group = group,
                Ratios = [new Ratio(seconds / floor, string.Create(CultureInfo.InvariantCulture, $"the floor of {floor:0.#} s"))],
                Goal = new Goal(string.Create(CultureInfo.InvariantCulture, $"at most {goal} × the floor"), seconds <= goal * floor),
            },
            new Row("asked for → first bind sent", "s", [Figure.Once(column, first)]) { Group = group },
            new Row("first bind → last bind", "s", [Figure.Once(column, last - first)]) { Group = group, Ratios = [new Ratio((last - first) / floor, "the floor")] },
            new Row("last bind → last one bound", "s", [Figure.Once(column, seconds - last)]) { Group = group },
            new Row("binds that were refused", "calls", [Figure.Once(column, bed.Calls.CountOf("AssociateAddress") - binds.Count)]) { Group = group },
        ];
    }
}
