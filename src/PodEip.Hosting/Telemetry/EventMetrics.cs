using System.Diagnostics.Metrics;
using PodEip.Kubernetes.Events;

namespace PodEip.Hosting.Telemetry;

/// <summary>Kubernetes events written and dropped.</summary>
public sealed class EventMetrics : IEventRecorderObserver
{
    private readonly Counter<long> _written;
    private readonly Counter<long> _dropped;

    /// <summary>Creates the instruments on a meter.</summary>
    public EventMetrics(Meter meter)
    {
        _written = meter.CreateCounter<long>("podeip_events_total", description: "Kubernetes events written, counts of repeated ones included.");
        _dropped = meter.CreateCounter<long>("podeip_events_dropped_total", description: "Kubernetes events that were not written.");
    }

    /// <inheritdoc/>
    public void Written(EventType type, string reason) => _written.Add(1, new KeyValuePair<string, object?>("type", type.ToString()), new("reason", reason));

    /// <inheritdoc/>
    public void Dropped(string why) => _dropped.Add(1, new KeyValuePair<string, object?>("why", why));

    /// <summary>Makes the series that can be foreseen start at zero.</summary>
    /// <param name="reasons">Normal events that are certain to come.</param>
    public void StartAtZero(params ReadOnlySpan<string> reasons)
    {
        foreach (var reason in reasons)
        {
            _written.Add(0, new KeyValuePair<string, object?>("type", nameof(EventType.Normal)), new("reason", reason));
        }

        foreach (var why in (ReadOnlySpan<string>)["Overload", "Refused", "Shutdown"])
        {
            _dropped.Add(0, new KeyValuePair<string, object?>("why", why));
        }
    }
}
