using System.Diagnostics.Metrics;
using PodEip.Controller.Nodes;

namespace PodEip.Controller.Telemetry;

/// <summary>Nodes' capacity of addresses.</summary>
public sealed class NodeMetrics
{
    private static readonly string[] Acts = ["Publish", "Repair", "Remove"];

    private readonly Counter<long> _writes;
    private readonly Counter<long> _yields;

    internal NodeMetrics(Meter meter)
    {
        meter.CreateObservableGauge(
            "podeip_nodes",
            () =>
            {
                var counts = CountByState();
                return NodeBook.States.Select(state => new Measurement<long>(counts.GetValueOrDefault(state), new KeyValuePair<string, object?>("state", state)));
            },
            description: "Nodes by what became of their capacity of addresses: Published, Pending, Unknown (its CVM can't be read), NotOurs (no CVM of the VPC), Contested (left to somebody else who keeps setting it).");
        _writes = meter.CreateCounter<long>("podeip_node_capacity_writes_total", description: "Writes of a Node's capacity of addresses: Publish, Repair of one that was undone, Remove.");
        _yields = meter.CreateCounter<long>("podeip_node_capacity_yields_total", description: "How often a Node's capacity was left to somebody else who keeps setting another value.");
    }

    /// <summary>Counts Nodes by state; asked at each scrape.</summary>
    public Func<IReadOnlyDictionary<string, long>> CountByState { get; set; } = static () => new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>A Node's capacity was written.</summary>
    /// <param name="act">What for.</param>
    public void Wrote(string act) => _writes.Add(1, new KeyValuePair<string, object?>("act", act));

    /// <summary>A Node's capacity was left to somebody else.</summary>
    public void Yielded() => _yields.Add(1);

    internal void StartAtZero()
    {
        _yields.Add(0);
        foreach (var act in Acts)
        {
            _writes.Add(0, new KeyValuePair<string, object?>("act", act));
        }
    }
}
