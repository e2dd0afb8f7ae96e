using System.Globalization;
using PodEip.Bench.Clusters;
using PodEip.Bench.Results;
using PodEip.Scenes;

namespace PodEip.Bench.Cases;

/// <summary>What the controller holds, with claims and with Pods that are none of its business.</summary>
internal sealed class MemoryCase() : ClusterCase(
    "memory", "the controller's heap and resident size, by claims and by Pods of others", new CaseSize("claims in the largest cluster", 10_000, 100, 20_000), quickPart: 10)
{
    private const double PerClaim = 4;
    private const double Resident = 150;

    /// <summary>Below this a Pod can't be told from noise, in KiB: nothing that names it fits.</summary>
    private const double PerForeignPod = 0.03;

    /// <summary>So many Pods of others for each claim.</summary>
    private const int Foreign = 5;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    public override async Task<CaseTable> RunAsync(BenchOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        var most = CountOf(options);
        await using var bed = await ClusterBed.CreateAsync(new BedSize(most, BedSize.Unlimited), cancellationToken);
        var (claims, others) = (0, 0);
        var (heap, resident) = (new List<Figure>(), new List<Figure>());
        foreach (var (addClaims, addOthers) in ((int, int)[])[(0, 0), (most / 10, 0), (most - (most / 10), 0), (0, most), (0, (Foreign - 1) * most)])
        {
            await bed.SeedAsync(ClusterBed.Names($"pod{claims}", addClaims), tell, cancellationToken);
            await AddOthersAsync(bed, others, addOthers, tell, cancellationToken);
            (claims, others) = (claims + addClaims, others + addOthers);
            await bed.QuietAsync(Silence, cancellationToken);
            var column = string.Create(CultureInfo.InvariantCulture, $"{claims} claims, {others} others");
            resident.Add(Figure.Once(column, ProcessSight.ResidentMiB(bed.Controller) ?? throw new BenchException("the controller has ended")));
            heap.Add(Figure.Once(column, await ControllerHeap.CollectedKiBAsync(bed, cancellationToken)));
        }

        var (perClaim, perOther) = ((heap[2].Median - heap[0].Median) / most, (heap[4].Median - heap[2].Median) / (Foreign * most));
        var last = resident[^1].At;
        return new CaseTable(
            [.. heap.Select(figure => figure.At)],
            [
                new Row("heap after a full collection", "KiB", heap) { Group = "memory" },
                new Row("resident", "MiB", resident) { Group = "memory", Goal = new Goal(string.Create(CultureInfo.InvariantCulture, $"at most {Resident} MiB"), resident[^1].Median <= Resident) },
                new Row("heap for a claim", "KiB", [Figure.Once(heap[2].At, perClaim)]) { Group = "slope", Goal = new Goal(string.Create(CultureInfo.InvariantCulture, $"at most {PerClaim} KiB"), perClaim <= PerClaim) },
                new Row("heap for a Pod of others", "KiB", [Figure.Once(last, perOther)]) { Group = "slope", Goal = new Goal(string.Create(CultureInfo.InvariantCulture, $"below {PerForeignPod} KiB, which is noise"), perOther < PerForeignPod) },
            ]);
    }

    /// <summary>Pods without any annotation, which no scheduler looks at and no machine runs: to the controller they are Pods as others.</summary>
    private static async Task AddOthersAsync(ClusterBed bed, int from, int count, Action<string> tell, CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            return;
        }

        tell($"adding {count} Pods of others");
        await bed.Scene.CreateAllAsync(
            bed.Space,
            Enumerable.Range(from, count).Select(i => Pods.New(string.Create(CultureInfo.InvariantCulture, $"other-{i}"), attributes: null, change: pod =>
            {
                pod.Metadata.Annotations = null;
                pod.Spec.SchedulerName = "nobody";
            })),
            cancellationToken);
    }
}
