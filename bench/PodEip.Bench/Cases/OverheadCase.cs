using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Bench.Clusters;
using PodEip.Bench.Results;
using PodEip.Controller.Cluster;
using PodEip.Kubernetes;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;
using PodEip.Kubernetes.Watching;

namespace PodEip.Bench.Cases;

/// <summary>
/// From a watcher seeing a Pod's private IP to the cloud being asked to bind, while little else goes on. The address is bought before: Pods need longer to
/// get their private IP than that takes. Both ends are seen by this process, the watcher being one like the controller's.
/// </summary>
internal sealed class OverheadCase() : ClusterCase(
    "overhead", "private IP seen → AssociateAddress arrives, while little else goes on", new CaseSize("claims in the largest cluster", 10_000, 100, 20_000), quickPart: 100)
{
    private const double MedianGoal = 8;
    private const double TailGoal = 25;
    private const double Flat = 1.5;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    public override bool SharesCluster => true;

    public override async Task<CaseTable> RunAsync(BenchOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        var most = CountOf(options);
        var samples = SamplesOf(options);
        var bed = await options.Large.OpenAsync(most, Room(options), options, cancellationToken);
        await using var sight = new IpSight(bed);
        tell("warming up");
        _ = await MeasureAsync(bed, sight, "warm", samples, cancellationToken);
        var figures = new List<Figure>();
        foreach (var claims in (int[])[0, most / 10, most])
        {
            await options.Large.GrowAsync(claims, tell, cancellationToken);
            await bed.QuietAsync(TimeSpan.FromSeconds(3), cancellationToken);
            var present = bed.Claims.Count;
            tell(string.Create(CultureInfo.InvariantCulture, $"{samples} Pods one after another beside {present} claims"));
            figures.Add((await MeasureAsync(bed, sight, $"pod{claims}", samples, cancellationToken)).At(string.Create(CultureInfo.InvariantCulture, $"{present} claims")));
        }

        var (first, last) = (figures[0], figures[^1]);
        return new CaseTable(
            [.. figures.Select(figure => figure.At)],
            [
                new Row("private IP seen → bind arrives", "ms", figures)
                {
                    Group = "own time",
                    Ratios = [new Ratio(last.Median / first.Median, "the median with few claims")],
                    Goal = new Goal(
                        string.Create(CultureInfo.InvariantCulture, $"median {MedianGoal}, p99 {TailGoal}, flat within {Flat}"),
                        figures.All(figure => figure.Median <= MedianGoal && figure.P99 <= TailGoal) && last.Median <= Flat * first.Median),
                },
            ]);
    }

    /// <summary>Pods that it leaves in the cluster.</summary>
    public static int Room(BenchOptions options) => 4 * SamplesOf(options);

    private static int SamplesOf(BenchOptions options) => options.Quick ? 5 : 50;

    private static async Task<Samples> MeasureAsync(ClusterBed bed, IpSight sight, string prefix, int samples, CancellationToken cancellationToken)
    {
        bed.Calls.Clear();
        var names = ClusterBed.Names(prefix, samples);
        using var pace = new PeriodicTimer(Between, TimeProvider.System);
        foreach (var name in names)
        {
            await pace.WaitForNextTickAsync(cancellationToken);
            await bed.CreateAsync([name], asking: true, cancellationToken);
        }

        await bed.BoundMoreAsync(samples, cancellationToken);
        var arrivals = bed.Calls.Read("AssociateAddress", code: "").ToDictionary(call => call.Subject, call => call.At, StringComparer.Ordinal);
        var found = new Samples();
        foreach (var claim in (await bed.Scene.ClaimsAsync(bed.Space, cancellationToken)).Where(claim => claim.Metadata.Name.StartsWith(prefix + "-", StringComparison.Ordinal)))
        {
            found.Add((arrivals[claim.Status.AddressId!] - sight.Seen[claim.Metadata.Name]).TotalMilliseconds);
        }

        return found;
    }

    /// <summary>When a watcher first saw each Pod's private IP.</summary>
    private sealed class IpSight : IInformerHandler<IpSight.Ip>, IAsyncDisposable
    {
        private readonly RunningInformer _informer;

        public IpSight(ClusterBed bed)
        {
            var informer = new Informer<PodObject, Ip>(
                bed.Scene.Api, "pods", ResourcePath.Core("v1", "pods", bed.Space), ClusterJson.Default.PodObject,
                pod => pod.Status?.PodIP is { Length: > 0 } ip ? new Ip(ip) : null, TimeProvider.System, NullLogger.Instance);
            informer.AddHandler(this);
            _informer = new RunningInformer(informer);
        }

        public ConcurrentDictionary<string, DateTimeOffset> Seen { get; } = new(StringComparer.Ordinal);

        public void OnUpserted(ObjectKey key, Ip? before, Ip now)
        {
            if (before is null)
            {
                Seen[key.Name] = TimeProvider.System.GetUtcNow();
            }
        }

        public void OnDeleted(ObjectKey key, Ip last)
        {
        }

        public ValueTask DisposeAsync() => _informer.DisposeAsync();

        internal sealed record Ip(string Text);
    }
}
