using System.Diagnostics.Metrics;

namespace PodEip.Controller.Telemetry;

/// <summary>Addresses that nobody needs, and what holds the sweep back.</summary>
public sealed class SweepMetrics
{
    private static readonly string[] IdleStates = ["Stock", "Orphaned", "BoundUnclaimed"];

    internal SweepMetrics(Meter meter)
    {
        meter.CreateObservableGauge("podeip_sweep_halted", () => IsHalted() ? 1 : 0, description: "1 while the sweep is halted because claims have all but vanished.");
        meter.CreateObservableGauge("podeip_sweep_waiting_addresses", () => Waiting(), description: "Addresses that the sweep would give back and does not: out of budget, halted, or --sweep=Report.");
        meter.CreateObservableGauge("podeip_cloud_looks_wrong", () => LooksWrong() ? 1 : 0, description: "1 while most addresses that claims name are missing at once.");
        meter.CreateObservableGauge(
            "podeip_idle_address_oldest_seconds",
            () =>
            {
                var oldest = OldestIdle();
                return IdleStates.Union(oldest.Keys, StringComparer.Ordinal).Select(state => new Measurement<double>(oldest.GetValueOrDefault(state), new KeyValuePair<string, object?>("state", state)));
            },
            description: "For how long the oldest own address without a claim has been so, by state: Stock, Orphaned, BoundUnclaimed; 0 where there is none.");
    }

    /// <summary>Whether the sweep is halted; asked at each scrape.</summary>
    public Func<bool> IsHalted { get; set; } = static () => false;

    /// <summary>How many addresses it holds back.</summary>
    public Func<int> Waiting { get; set; } = static () => 0;

    /// <summary>Whether the cloud looks like another one.</summary>
    public Func<bool> LooksWrong { get; set; } = static () => false;

    /// <summary>For how long the oldest has been idle, by state.</summary>
    public Func<IReadOnlyDictionary<string, double>> OldestIdle { get; set; } = static () => new Dictionary<string, double>(StringComparer.Ordinal);
}
