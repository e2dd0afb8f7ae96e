using System.Diagnostics.Metrics;
using PodEip.Kubernetes.Watching;

namespace PodEip.Hosting.Telemetry;

/// <summary>Lists and watches.</summary>
public sealed class InformerMetrics : IInformerObserver
{
    private readonly Counter<long> _lists;
    private readonly Gauge<long> _listed;
    private readonly Counter<long> _watches;
    private readonly Counter<long> _events;
    private readonly Counter<long> _failures;

    /// <summary>Creates the instruments on a meter.</summary>
    public InformerMetrics(Meter meter)
    {
        _lists = meter.CreateCounter<long>("podeip_informer_lists_total", description: "Complete lists read.");
        _listed = meter.CreateGauge<long>("podeip_informer_listed_objects", description: "Objects in the last complete list.");
        _watches = meter.CreateCounter<long>("podeip_informer_watches_total", description: "Watches opened.");
        _events = meter.CreateCounter<long>("podeip_informer_events_total", description: "Events handled, bookmarks included.");
        _failures = meter.CreateCounter<long>("podeip_informer_failures_total", description: "Lists and watches that ended with an error.");
    }

    /// <inheritdoc/>
    public void Listed(string resource, int objects)
    {
        _lists.Add(1, Resource(resource));
        _listed.Record(objects, Resource(resource));
    }

    /// <inheritdoc/>
    public void WatchOpened(string resource) => _watches.Add(1, Resource(resource));

    /// <inheritdoc/>
    public void EventHandled(string resource) => _events.Add(1, Resource(resource));

    /// <inheritdoc/>
    public void Failed(string resource, string reason) => _failures.Add(1, Resource(resource), new("reason", reason));

    /// <summary>Makes the series that can be foreseen start at zero.</summary>
    public void StartAtZero(params ReadOnlySpan<string> resources)
    {
        foreach (var resource in resources)
        {
            _lists.Add(0, Resource(resource));
            _listed.Record(0, Resource(resource));
            _watches.Add(0, Resource(resource));
            _events.Add(0, Resource(resource));
            _failures.Add(0, Resource(resource), new("reason", "Unreachable"));
        }
    }

    private static KeyValuePair<string, object?> Resource(string resource) => new("resource", resource);
}
