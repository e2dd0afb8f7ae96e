using PodEip.Bench.Clusters;

namespace PodEip.Bench.Cases;

/// <summary>A case that runs on a <see cref="ClusterBed"/>.</summary>
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

    public virtual bool SharesCluster => false;

    public string? Obstacle() => null;

    public abstract Task<Results.CaseTable> RunAsync(BenchOptions options, Action<string> tell, CancellationToken cancellationToken);

    /// <summary>Starts a cluster, a cloud and the controller in the form that is asked for.</summary>
    protected static Task<ClusterBed> OpenAsync(BedSize size, BenchOptions options, CancellationToken cancellationToken) =>
        ClusterBed.CreateAsync(size with { ControllerFile = options.ControllerFile }, cancellationToken);

    /// <summary>How many a run is asked for.</summary>
    protected int CountOf(BenchOptions options) => options.Size ?? (options.Quick ? size.Default / quickPart : size.Default);
}
