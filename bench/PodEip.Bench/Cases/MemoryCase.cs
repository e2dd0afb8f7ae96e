using System.Globalization;
using PodEip.Bench.Clusters.Seeding;
using PodEip.Bench.Results;

namespace PodEip.Bench.Cases;

/// <summary>What the controller holds, with claims and with Pods that are none of its business.</summary>
internal sealed class MemoryCase() : ClusterCase(
    "memory", "the controller's heap and resident size, by claims and by Pods of others", new CaseSize("claims in the largest cluster", 10_000, 100, 20_000), quickPart: 100)
{
    private const double PerClaim = 4;
    private const double Resident = 150;

    /// <summary>Below this a Pod can't be told from noise, in KiB: nothing that names it fits.</summary>
    private const double PerForeignPod = 0.03;

    /// <summary>So many Pods of others for each claim.</summary>
    private const int Foreign = 5;

    public override bool SharesCluster => true;

    public override async Task<CaseTable> RunAsync(BenchOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        var most = CountOf(options);
        var large = options.Large;
        var bed = await large.OpenAsync(most, OverheadCase.Room(options), options, cancellationToken);
        await large.GrowAsync(most / 10, tell, cancellationToken);
        await large.GrowAsync(most, tell, cancellationToken);
        var grown = large.Memory.Count - 1;
        var others = 0;
        foreach (var more in (int[])[most, (Foreign - 1) * most])
        {
            tell($"adding {more} Pods of others");
            await Seeds.OthersAsync(bed, others, more, cancellationToken);
            await large.NoteAsync(others += more, cancellationToken);
        }

        var seen = large.Memory;
        var perClaim = (seen[grown].HeapKiB - seen[0].HeapKiB) / seen[grown].Claims;
        // A controller that was started anew for another case holds less at the same size: of the slope both ends are its own.
        var perOther = (seen[^1].HeapKiB - seen[^2].HeapKiB) / (seen[^1].Others - seen[^2].Others);
        List<Figure> heap = [.. seen.Select(sample => Figure.Once(sample.Column, sample.HeapKiB))];
        List<Figure> resident = [.. seen.Select(sample => Figure.Once(sample.Column, sample.ResidentMiB))];
        var last = resident[^1].At;
        return new CaseTable(
            [.. heap.Select(figure => figure.At)],
            [
                new Row("heap after a full collection", "KiB", heap) { Group = "memory" },
                new Row("resident", "MiB", resident) { Group = "memory", Goal = new Goal(string.Create(CultureInfo.InvariantCulture, $"at most {Resident} MiB"), resident[^1].Median <= Resident) },
                new Row("heap for a claim", "KiB", [Figure.Once(heap[grown].At, perClaim)]) { Group = "slope", Goal = new Goal(string.Create(CultureInfo.InvariantCulture, $"at most {PerClaim} KiB"), perClaim <= PerClaim) },
                new Row("heap for a Pod of others", "KiB", [Figure.Once(last, perOther)]) { Group = "slope", Goal = new Goal(string.Create(CultureInfo.InvariantCulture, $"below {PerForeignPod} KiB, which is noise"), perOther < PerForeignPod) },
            ]);
    }
}
