using System.Diagnostics.Metrics;
using PodEip.Hosting.Telemetry;
using PodEip.Kubernetes.Queueing;

namespace PodEip.Controller.Telemetry;

/// <summary>Work queues, under client-go's names.</summary>
public sealed class WorkQueueMetrics : IWorkQueueObserver
{
    private readonly UpDownCounter<long> _depth;
    private readonly Counter<long> _adds;
    private readonly Counter<long> _retries;
    private readonly Histogram<double> _waited;
    private readonly Histogram<double> _worked;

    internal WorkQueueMetrics(Meter meter)
    {
        _depth = meter.CreateUpDownCounter<long>("workqueue_depth", description: "Keys that are ready and wait.");
        _adds = meter.CreateCounter<long>("workqueue_adds_total", description: "Keys that became ready.");
        _retries = meter.CreateCounter<long>("workqueue_retries_total", description: "Keys put back after a failure.");
        _waited = meter.WorkSeconds("workqueue_queue_duration_seconds", "Time a key waited, from ready to taken.");
        _worked = meter.WorkSeconds("workqueue_work_duration_seconds", "Time the work on a key took.");
    }

    /// <inheritdoc/>
    public void Added(string queue)
    {
        _adds.Add(1, Name(queue));
        _depth.Add(1, Name(queue));
    }

    /// <inheritdoc/>
    public void Retried(string queue) => _retries.Add(1, Name(queue));

    /// <inheritdoc/>
    public void Taken(string queue, TimeSpan waited)
    {
        _depth.Add(-1, Name(queue));
        _waited.Record(waited.TotalSeconds, Name(queue));
    }

    /// <inheritdoc/>
    public void Finished(string queue, TimeSpan worked) => _worked.Record(worked.TotalSeconds, Name(queue));

    internal void StartAtZero(string queue)
    {
        _depth.Add(0, Name(queue));
        _adds.Add(0, Name(queue));
        _retries.Add(0, Name(queue));
    }

    private static KeyValuePair<string, object?> Name(string queue) => new("name", queue);
}
