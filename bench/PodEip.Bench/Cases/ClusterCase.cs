namespace PodEip.Bench.Cases;

/// <summary>A case that runs on a <see cref="Clusters.ClusterBed"/>.</summary>
/// <param name="name">Its name on the command line.</param>
/// <param name="measures">What it measures, in one line.</param>
/// <param name="size">What <c>--size</c> counts.</param>
/// <param name="quickPart">A quick run has this part of them: 10 for a tenth.</param>
internal abstract class ClusterCase(string name, string measures, CaseSize size, int quickPart = 1) : IBenchCase
{
    public string Name => name;

    public string Measures => measures;

    public CaseSize Size => size;

    public virtual IReadOnlyList<string> Needs => ["kube"];

    public string? Obstacle() => null;

    public abstract Task<Results.CaseTable> RunAsync(BenchOptions options, Action<string> tell, CancellationToken cancellationToken);

    /// <summary>How many a run is asked for.</summary>
    protected int CountOf(BenchOptions options) => options.Size ?? (options.Quick ? size.Default / quickPart : size.Default);
}
