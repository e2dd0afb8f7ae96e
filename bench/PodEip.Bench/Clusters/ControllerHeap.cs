using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using PodEip.TestKit.Waiting;

namespace PodEip.Bench.Clusters;

/// <summary>The controller's managed heap after a full collection, which it is asked for through the runtime's diagnostics port.</summary>
internal static class ControllerHeap
{
    /// <summary>Keyword of the runtime's provider that has it collect in full as soon as somebody listens (Microsoft, "runtime provider events": GCHeapCollect).</summary>
    private const long Collect = 0x800000;

    private const string Collections = "dotnet_gc_collections_total{gc_heap_generation=\"gen2\"} ";
    private const string HeapSize = "dotnet_gc_last_collection_heap_size_bytes{";

    /// <summary>Collects, and reads what is left.</summary>
    /// <returns>In KiB.</returns>
    public static async Task<double> CollectedKiBAsync(ClusterBed bed, CancellationToken cancellationToken)
    {
        var client = new DiagnosticsClient(bed.Controller);
        // What the first lets go of through finalizers is gone with the second.
        for (var i = 0; i < 2; i++)
        {
            var before = Sum(await bed.Scene.Controller.MetricsAsync(cancellationToken), Collections);
            using var session = await client.StartEventPipeSessionAsync([new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, Collect)], requestRundown: false, circularBufferMB: 1, cancellationToken);
            var reading = session.EventStream.CopyToAsync(Stream.Null, cancellationToken);
            await Eventually.BecomesTrueAsync(async token => Sum(await bed.Scene.Controller.MetricsAsync(token), Collections) > before, ClusterBed.Patience, "a full collection", cancellationToken);
            await session.StopAsync(cancellationToken);
            await reading;
        }

        return Sum(await bed.Scene.Controller.MetricsAsync(cancellationToken), HeapSize) / 1024;
    }

    private static double Sum(string metrics, string start) => metrics.Split('\n')
        .Where(line => line.StartsWith(start, StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}
