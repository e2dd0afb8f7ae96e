namespace PodEip.Dev.Monitoring;

/// <summary>What the dashboard shows, row by row.</summary>
public static class Panels
{
    // Names that every controller of this kind has are taken of ours only.
    private const string Ours = "job=~\"$job\"";

    /// <summary>Rows in their order: a title and its panels.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<Panel> Panels)> Rows { get; } =
    [
        ("At a glance",
        [
            new("Bound", "short", new Query("bound", "max(podeip_claims{phase=\"Bound\"})")) { IsNumber = true },
            new("Waiting", "short", new Query("waiting", "sum(max by (phase) (podeip_claims{phase=~\"Pending|Allocated\"}))")) { IsNumber = true },
            new("Failed", "short", new Query("failed", "max(podeip_claims{phase=\"Failed\"})")) { IsNumber = true },
            new("Leaders", "short", new Query("leaders", "sum(leader_election_master_status{name=~\"podeip.*\"})")) { IsNumber = true, Note = "One, or for some seconds none." },
        ]),
        ("Claims and addresses",
        [
            new("Claims by phase", "short", new Query("{{phase}}", "max by (phase) (podeip_claims)")),
            new("From private IP to address", "s", Quantiles("podeip_bind_duration_seconds")) { Note = "What a Pod's user waits for." },
            new("Own addresses by state", "short", new Query("{{state}}", "max by (state) (podeip_addresses)")) { Note = "Orphaned and BoundUnclaimed cost money and serve nobody." },
            new("Oldest address without a claim", "s", new Query("{{state}}", "max by (state) (podeip_idle_address_oldest_seconds)")),
            new("Bought, used again, given back", "ops", new Query("bought", "sum(rate(podeip_purchases_total[5m]))"), new Query("used again", "sum(rate(podeip_reused_total[5m]))"), new Query("swept: {{act}}", "sum by (act) (rate(podeip_swept_total[5m]))")),
            new("Old address on a private IP that was handed on", "s", Quantiles("podeip_stale_binding_seconds")),
            new("Quota in use", "percentunit", new Query("{{quota}}", "max by (quota) (podeip_quota_used / podeip_quota_limit)")),
            new("Changed by somebody else", "ops", new Query("{{kind}}", "sum by (kind) (rate(podeip_drift_total[5m]))")),
        ]),
        ("The cloud",
        [
            new("Calls by action", "ops", new Query("{{action}}", "sum by (action) (rate(podeip_cloud_calls_total[5m]))")) { Note = "The documented limit of write actions is 10 a second." },
            new("Calls that failed", "ops", new Query("{{action}} {{result}}", "sum by (action, result) (rate(podeip_cloud_calls_total{result!=\"Ok\"}[5m])) > 0")),
            new("Time of calls, 90 %", "s", new Query("{{action}}", "histogram_quantile(0.9, sum by (action, le) (rate(podeip_cloud_call_duration_seconds_bucket[5m])))")),
            new("Waited for their turn", "s", new Query("{{action}}", "sum by (action) (rate(podeip_throttle_wait_seconds_sum[5m])) / sum by (action) (rate(podeip_throttle_wait_seconds_count[5m]))")),
        ]),
        ("Nodes and egress",
        [
            new("Nodes by their slots", "short", new Query("{{state}}", "max by (state) (podeip_nodes)")),
            new("Subnets by the way out", "short", new Query("{{way}}", "max by (way) (podeip_egress_subnets)"), new Query("claims diverted", "max(podeip_egress_diverted_claims)")),
            new("Pods excepted from masquerade", "short", new Query("{{instance}}", "podeip_masquerade_excepted_pods")),
            new("Agents: failures and repairs", "ops", new Query("failures {{instance}}", "rate(podeip_masquerade_failures_total[5m])"), new Query("repairs {{instance}}", "rate(podeip_masquerade_repairs_total[5m])")),
        ]),
        ("The controller",
        [
            new("Work queue", "short", new Query("{{name}}", $"sum by (name) (workqueue_depth{{{Ours}}})")),
            new("Waited in the queue, 90 %", "s", new Query("{{name}}", $"histogram_quantile(0.9, sum by (name, le) (rate(workqueue_queue_duration_seconds_bucket{{{Ours}}}[5m])))")),
            new("Reconciles", "ops", new Query("{{result}}", $"sum by (result) (rate(controller_runtime_reconcile_total{{{Ours}}}[5m]))")),
            new("Calls to the API server", "ops", new Query("{{method}} {{code}}", $"sum by (method, code) (rate(rest_client_requests_total{{{Ours}}}[5m]))")),
        ]),
    ];

    /// <summary>Every expression of the dashboard.</summary>
    public static IEnumerable<string> Expressions => Rows.SelectMany(row => row.Panels).SelectMany(panel => panel.Queries).Select(query => query.Expression);

    private static Query[] Quantiles(string histogram) =>
    [
        new("half", $"histogram_quantile(0.5, sum by (le) (rate({histogram}_bucket[5m])))"),
        new("99 %", $"histogram_quantile(0.99, sum by (le) (rate({histogram}_bucket[5m])))"),
    ];
}
