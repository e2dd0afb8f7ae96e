using System.Diagnostics.Metrics;
using PodEip.Api.Resources;
using PodEip.Claims.Egress;
using PodEip.Claims.Planning;
using PodEip.Cloud.Addresses;
using PodEip.Hosting.Telemetry;

namespace PodEip.Controller.Telemetry;

/// <summary>Claims, addresses, and the two times users ask about.</summary>
public sealed class ClaimMetrics
{
    private static readonly string[] Phases = [ClaimPhase.Pending, ClaimPhase.Allocated, ClaimPhase.Bound, ClaimPhase.Retained, ClaimPhase.Releasing, ClaimPhase.Failed];
    private static readonly string[] Acts = ["Released", "Unbound"];
    private static readonly string[] Ways = [nameof(EgressWay.NoRoute), nameof(EgressWay.EipRoute), nameof(EgressWay.Diverted), "Unknown"];
    private static readonly string[] RouteActs = ["Added", "Removed", "Refused", "Lost"];
    private static readonly string[] States = ["Bound", "BoundUnclaimed", "Held", "Stock", "Cooling", "Idle", "Orphaned"];

    private readonly Histogram<double> _bind;
    private readonly Histogram<double> _stale;
    private readonly Counter<long> _purchases;
    private readonly Counter<long> _reused;
    private readonly Counter<long> _drifts;
    private readonly Counter<long> _swept;
    private readonly Counter<long> _routes;

    internal ClaimMetrics(Meter meter)
    {
        meter.CreateObservableGauge("podeip_addresses", () => Count("state", States, CountAddresses()), description: "Own addresses by state: Bound, Held by a claim and not bound, Stock, Cooling down or Idle for reuse, Orphaned (marked fixed, its claim is not there), BoundUnclaimed.");
        meter.CreateObservableGauge("podeip_claims", () => Count("phase", Phases, CountClaims()), description: "Claims by phase.");
        meter.CreateObservableGauge("podeip_quota_limit", () => ReadQuotas().Select(q => Quota(q, q.Limit)), description: "Limit of each address quota of the account in this region.");
        meter.CreateObservableGauge("podeip_quota_used", () => ReadQuotas().Select(q => Quota(q, q.Current)), description: "Use of each address quota of the account in this region, when last read.");
        meter.CreateObservableGauge("podeip_claims_workload_gone", () => CountOfGoneWorkloads(), description: "Kept claims whose workload no longer exists (--enable-ownerref).");
        meter.CreateObservableGauge("podeip_egress_subnets", () => Count("way", Ways, CountSubnets()), description: "Subnets with bound Pods by how packets to the internet leave them: EipRoute and NoRoute with the address, Diverted another way, Unknown.");
        meter.CreateObservableGauge("podeip_egress_diverted_claims", () => CountDiverted(), description: "Bound claims whose packets to the internet leave through a NAT gateway or another next hop instead of the address.");
        meter.CreateObservableGauge("podeip_eip_routes", () => CountRoutes(), description: "Routes to EIP that were added here and stand (--manage-eip-routes).");
        _routes = meter.CreateCounter<long>("podeip_eip_route_changes_total", description: "Routes to EIP by what became of them: Added, Removed when no longer needed, Refused by the cloud, Lost (removed or switched off by somebody else).");
        _bind = meter.WaitSeconds("podeip_bind_duration_seconds", "From a Pod's private IP being seen to its address being bound.");
        _stale = meter.WaitSeconds("podeip_stale_binding_seconds", "How long a private IP that was handed on still carried the old Pod's address.");
        _reused = meter.CreateCounter<long>("podeip_reused_total", description: "Freed addresses that served another claim instead of a purchase.");
        _purchases = meter.CreateCounter<long>("podeip_purchases_total", description: "Addresses bought.");
        _swept = meter.CreateCounter<long>("podeip_swept_total", description: "Addresses that the sweep unbound, or gave back.");
        _drifts = meter.CreateCounter<long>("podeip_drift_total", description: "Addresses found changed by somebody else, by kind.");
    }

    /// <summary>Counts own addresses by state; asked at each scrape.</summary>
    public Func<IReadOnlyDictionary<string, long>> CountAddresses { get; set; } = static () => new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Counts claims by phase; asked at each scrape.</summary>
    public Func<IReadOnlyDictionary<string, long>> CountClaims { get; set; } = static () => new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>The account's quotas as last read; asked at each scrape.</summary>
    public Func<IReadOnlyList<AddressQuota>> ReadQuotas { get; set; } = static () => [];

    /// <summary>Counts subnets by egress; asked at each scrape.</summary>
    public Func<IReadOnlyDictionary<string, long>> CountSubnets { get; set; } = static () => new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Counts claims whose packets leave another way; asked at each scrape.</summary>
    public Func<long> CountDiverted { get; set; } = static () => 0;

    /// <summary>Counts routes that were added here; asked at each scrape.</summary>
    public Func<long> CountRoutes { get; set; } = static () => 0;

    /// <summary>Counts kept claims of workloads that are gone; asked at each scrape.</summary>
    public Func<long> CountOfGoneWorkloads { get; set; } = static () => 0;

    /// <summary>A Pod's address was bound.</summary>
    /// <param name="sincePrivateIp">Since its private IP was first seen.</param>
    public void Bound(TimeSpan sincePrivateIp) => _bind.Record(sincePrivateIp.TotalSeconds);

    /// <summary>A private IP that was handed on is clean again.</summary>
    /// <param name="window">How long it carried the old address.</param>
    public void StaleBindingEnded(TimeSpan window) => _stale.Record(window.TotalSeconds);

    /// <summary>Addresses were bought.</summary>
    public void Bought(int addresses) => _purchases.Add(addresses);

    /// <summary>An address was found changed by somebody else.</summary>
    /// <param name="kind">In which way.</param>
    public void Drifted(string kind) => _drifts.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>The sweep unbound an address, or gave it back.</summary>
    /// <param name="act">Which.</param>
    public void Swept(string act) => _swept.Add(1, new KeyValuePair<string, object?>("act", act));

    /// <summary>Something became of routes to EIP.</summary>
    /// <param name="act">What.</param>
    /// <param name="routes">How many.</param>
    public void RoutesChanged(string act, int routes) => _routes.Add(routes, new KeyValuePair<string, object?>("act", act));

    /// <summary>A freed address served again.</summary>
    public void Reused() => _reused.Add(1);

    internal void StartAtZero()
    {
        foreach (var act in Acts)
        {
            _swept.Add(0, new KeyValuePair<string, object?>("act", act));
        }

        foreach (var act in RouteActs)
        {
            _routes.Add(0, new KeyValuePair<string, object?>("act", act));
        }

        _purchases.Add(0);
        _reused.Add(0);
        foreach (var kind in Enum.GetValues<DriftKind>().Where(k => k is not DriftKind.None))
        {
            _drifts.Add(0, new KeyValuePair<string, object?>("kind", kind.ToString()));
        }
    }

    private static Measurement<long> Quota(AddressQuota quota, int value) => new(value, new KeyValuePair<string, object?>("quota", quota.Id));

    private static IEnumerable<Measurement<long>> Count(string label, string[] known, IReadOnlyDictionary<string, long> counts) =>
        known.Union(counts.Keys, StringComparer.Ordinal).Select(key => new Measurement<long>(counts.GetValueOrDefault(key), new KeyValuePair<string, object?>(label, key)));
}
