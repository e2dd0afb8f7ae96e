using System.Globalization;
using PodEip.Bench.Clusters;
using PodEip.Bench.Results;

namespace PodEip.Bench.Cases;

/// <summary>What the cloud is asked in the whole life of Pods whose addresses come and go with them.</summary>
internal sealed class CallsCase() : ClusterCase(
    "calls", "cloud calls for each Pod, from its birth until its address is given back", new CaseSize("Pods", 1000, 20, 5000), quickPart: 25)
{
    private const double Goal = 2.3;

    public override async Task<CaseTable> RunAsync(BenchOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        var count = CountOf(options);
        var column = string.Create(CultureInfo.InvariantCulture, $"{count} Pods");
        await using var bed = await OpenAsync(new BedSize(count, Rates: 10), options, cancellationToken);
        bed.Calls.Clear();
        tell($"{count} Pods come");
        await bed.CreateAsync(ClusterBed.Names("pod", count), asking: true, cancellationToken);
        await bed.Claims.BoundAsync(count, ClusterBed.Patience, cancellationToken);
        tell("and go");
        await bed.EndPodsAsync(cancellationToken);

        var counters = bed.Calls.Counters;
        var each = counters.Sum(counter => counter.Calls) / (double)count;
        return new CaseTable(
            [column],
            [
                new Row("all actions", "calls a Pod", [Figure.Once(column, each)]) { Group = "born and gone", Goal = new Goal(string.Create(CultureInfo.InvariantCulture, $"at most {Goal}"), each <= Goal) },
                .. counters.Select(counter => new Row(counter.Action, "calls a Pod", [Figure.Once(column, counter.Calls / (double)count)]) { Group = "by action" }),
            ]);
    }
}
