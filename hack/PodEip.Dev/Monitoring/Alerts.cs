using static PodEip.Dev.Monitoring.Severity;

namespace PodEip.Dev.Monitoring;

/// <summary>All alerts. What each means and what to do is in <c>docs/runbooks.md</c>, under its name.</summary>
public static class Alerts
{
    private const string Stays = "1x90";
    private const string Never = "0x90";
    private const string Grows = "0+1x90";

    /// <summary>In the order of the runbook: what stops everything, what stops some, what costs.</summary>
    public static IReadOnlyList<Alert> All { get; } =
    [
        new(
            "PodEipNoLeader",
            "absent(leader_election_master_status{name=~\"podeip.*\"} == 1)",
            Critical,
            "No controller leads: no Pod gets an address, and none is given back. What is bound stays bound.",
            [Leader("a", Never), Leader("b", Never)],
            [Leader("a", Never), Leader("b", Stays)]),
        new(
            "PodEipTwoLeaders",
            "sum by (name) (leader_election_master_status{name=~\"podeip.*\"}) > 1",
            Critical,
            "{{ $value }} controllers say that they hold the lease {{ $labels.name }}.",
            [Leader("a", Stays), Leader("b", Stays)],
            [Leader("a", Never), Leader("b", Stays)]),
        new(
            "PodEipCloudRefusesUs",
            "sum by (action, result) (increase(podeip_cloud_calls_total{result=~\"Credentials|Permission\"}[15m])) > 0",
            Critical,
            "The cloud refuses {{ $labels.action }}: {{ $labels.result }}.",
            [Calls("AssociateAddress", "Permission", Grows)],
            [Calls("AssociateAddress", "Permission", "3x90"), Calls("AssociateAddress", "Ok", Grows)]),
        new(
            "PodEipCloudUnreachable",
            "sum(increase(podeip_cloud_calls_total{result!~\"Ok|Cancelled\"}[10m])) > 0 unless sum(increase(podeip_cloud_calls_total{result=\"Ok\"}[10m])) > 0",
            Critical,
            "No call to the cloud has succeeded for ten minutes.",
            [Calls("DescribeAddresses", "Unclear", Grows), Calls("DescribeAddresses", "Ok", "7x90")],
            [Calls("DescribeAddresses", "Unclear", Grows), Calls("DescribeAddresses", "Ok", Grows)]),
        new(
            "PodEipCloudLooksWrong",
            "max(podeip_cloud_looks_wrong) == 1",
            Critical,
            "Most addresses that claims name are not found in the cloud at once. Nothing is bought or given back meanwhile.",
            [new("podeip_cloud_looks_wrong", Stays)],
            [new("podeip_cloud_looks_wrong", Never)]),
        new(
            "PodEipSweepHalted",
            "max(podeip_sweep_halted) == 1",
            Critical,
            "Claims have all but vanished since the last look: the sweep destroys nothing until somebody has looked.",
            [new("podeip_sweep_halted", Stays)],
            [new("podeip_sweep_halted", Never)]),
        new(
            "PodEipClaimsFailed",
            "max(podeip_claims{phase=\"Failed\"}) > 0",
            Warning,
            "{{ $value }} claims can't be served as they are; `kubectl eip list` shows which and why.",
            [new("podeip_claims{phase=\"Failed\"}", "2x90")],
            [new("podeip_claims{phase=\"Failed\"}", Never)])
        { ForMinutes = 10 },
        new(
            "PodEipClaimsWait",
            "min_over_time(max(podeip_claims{phase=~\"Pending|Allocated\"})[15m:1m]) > 0",
            Warning,
            "Claims have waited for their address for a quarter of an hour without a break.",
            [new("podeip_claims{phase=\"Pending\"}", "3x90")],
            [new("podeip_claims{phase=\"Pending\"}", "3 3 3 0x3 3 3 0x80")])
        { ForMinutes = 15 },
        new(
            "PodEipBindSlow",
            "histogram_quantile(0.9, sum by (le) (rate(podeip_bind_duration_seconds_bucket[15m]))) > 60",
            Warning,
            "Nine of ten Pods wait up to {{ $value | humanizeDuration }} from their private IP to their address.",
            [new("podeip_bind_duration_seconds_bucket{le=\"60\"}", Never), new("podeip_bind_duration_seconds_bucket{le=\"120\"}", Grows), new("podeip_bind_duration_seconds_bucket{le=\"+Inf\"}", Grows)],
            [new("podeip_bind_duration_seconds_bucket{le=\"60\"}", Grows), new("podeip_bind_duration_seconds_bucket{le=\"120\"}", Grows), new("podeip_bind_duration_seconds_bucket{le=\"+Inf\"}", Grows)])
        { ForMinutes = 10 },
        new(
            "PodEipThrottled",
            "sum by (action) (rate(podeip_throttle_wait_seconds_sum[10m])) / sum by (action) (rate(podeip_throttle_wait_seconds_count[10m])) > 10",
            Warning,
            "Calls of {{ $labels.action }} wait {{ $value | humanizeDuration }} for their turn under the cloud's rate limit.",
            [new("podeip_throttle_wait_seconds_sum{action=\"AssociateAddress\"}", "0+900x90"), new("podeip_throttle_wait_seconds_count{action=\"AssociateAddress\"}", "0+60x90")],
            [new("podeip_throttle_wait_seconds_sum{action=\"AssociateAddress\"}", "0+9x90"), new("podeip_throttle_wait_seconds_count{action=\"AssociateAddress\"}", "0+60x90")])
        { ForMinutes = 15 },
        new(
            "PodEipQuotaNearlyUsed",
            "max by (quota) (podeip_quota_used / podeip_quota_limit) > 0.9",
            Warning,
            "{{ $value | humanizePercentage }} of the quota {{ $labels.quota }} is used.",
            [new("podeip_quota_used{quota=\"TOTAL_EIP_QUOTA\"}", "19x90"), new("podeip_quota_limit{quota=\"TOTAL_EIP_QUOTA\"}", "20x90")],
            [new("podeip_quota_used{quota=\"TOTAL_EIP_QUOTA\"}", "17x90"), new("podeip_quota_limit{quota=\"TOTAL_EIP_QUOTA\"}", "20x90")]),
        new(
            "PodEipOutOfMoney",
            "sum(increase(podeip_cloud_calls_total{result=\"Balance\"}[30m])) > 0",
            Warning,
            "The account's balance does not suffice for another address.",
            [Calls("AllocateAddresses", "Balance", Grows)],
            [Calls("AllocateAddresses", "Balance", Stays)])
        { ForMinutes = 0 },
        new(
            "PodEipDrift",
            "sum by (kind) (increase(podeip_drift_total[15m])) > 0",
            Warning,
            "Somebody changes addresses of Pods behind the controller's back: {{ $labels.kind }}.",
            [new("podeip_drift_total{kind=\"Unbound\"}", Grows)],
            [new("podeip_drift_total{kind=\"Unbound\"}", Stays)])
        { ForMinutes = 0 },
        new(
            "PodEipStaleBinding",
            "histogram_quantile(0.99, sum by (le) (rate(podeip_stale_binding_seconds_bucket[30m]))) > 10",
            Warning,
            "Private IPs that were handed to the next Pod still carried the old Pod's address for up to {{ $value | humanizeDuration }}.",
            [new("podeip_stale_binding_seconds_bucket{le=\"10\"}", Never), new("podeip_stale_binding_seconds_bucket{le=\"15\"}", Grows), new("podeip_stale_binding_seconds_bucket{le=\"+Inf\"}", Grows)],
            [new("podeip_stale_binding_seconds_bucket{le=\"10\"}", Grows), new("podeip_stale_binding_seconds_bucket{le=\"15\"}", Grows), new("podeip_stale_binding_seconds_bucket{le=\"+Inf\"}", Grows)]),
        new(
            "PodEipEgressDiverted",
            "max(podeip_egress_diverted_claims) > 0",
            Warning,
            "{{ $value }} bound Pods leave for the internet another way than by their address.",
            [new("podeip_egress_diverted_claims", "2x90")],
            [new("podeip_egress_diverted_claims", Never)])
        { ForMinutes = 15 },
        new(
            "PodEipRouteLost",
            "sum by (act) (increase(podeip_eip_route_changes_total{act=~\"Refused|Lost\"}[15m])) > 0",
            Warning,
            "A route to EIP that the controller needs was {{ $labels.act }}.",
            [new("podeip_eip_route_changes_total{act=\"Lost\"}", Grows)],
            [new("podeip_eip_route_changes_total{act=\"Added\"}", Grows)])
        { ForMinutes = 0 },
        new(
            "PodEipNodeSlotsContested",
            "max(podeip_nodes{state=\"Contested\"}) > 0",
            Warning,
            "Somebody else keeps setting another number of addresses on {{ $value }} Nodes.",
            [new("podeip_nodes{state=\"Contested\"}", "2x90")],
            [new("podeip_nodes{state=\"Contested\"}", Never), new("podeip_nodes{state=\"Published\"}", "3x90")])
        { ForMinutes = 15 },
        new(
            "PodEipAgentFails",
            "sum by (instance) (increase(podeip_masquerade_failures_total[10m])) > 2",
            Warning,
            "The agent {{ $labels.instance }} can't apply its rules: Pods there may leave with the node's address.",
            [new("podeip_masquerade_failures_total{instance=\"node-1\"}", Grows)],
            [new("podeip_masquerade_failures_total{instance=\"node-1\"}", Stays)]),
        new(
            "PodEipAgentConfigRefused",
            "podeip_masquerade_config_valid == 0",
            Warning,
            "The agent {{ $labels.instance }} does not accept the ip-masq-agent config; an earlier one is in force.",
            [new("podeip_masquerade_config_valid{instance=\"node-1\"}", Never)],
            [new("podeip_masquerade_config_valid{instance=\"node-1\"}", Stays)]),
        new(
            "PodEipAgentRulesChanged",
            "sum by (instance) (increase(podeip_masquerade_repairs_total[1h])) > 3",
            Warning,
            "Somebody else keeps changing the rules of the agent {{ $labels.instance }}.",
            [new("podeip_masquerade_repairs_total{instance=\"node-1\"}", Grows)],
            [new("podeip_masquerade_repairs_total{instance=\"node-1\"}", "2x90")])
        { ForMinutes = 0 },
        new(
            "PodEipAddressUnclaimed",
            "max(podeip_addresses{state=\"BoundUnclaimed\"}) > 0",
            Warning,
            "{{ $value }} addresses of this cluster are bound, and no claim says to what.",
            [new("podeip_addresses{state=\"BoundUnclaimed\"}", Stays)],
            [new("podeip_addresses{state=\"BoundUnclaimed\"}", Never)])
        { ForMinutes = 30 },
        new(
            "PodEipSweepWaits",
            "max(podeip_sweep_waiting_addresses) > 0",
            Info,
            "{{ $value }} addresses would be given back and are not: out of budget, or --sweep=Report.",
            [new("podeip_sweep_waiting_addresses", "4x90")],
            [new("podeip_sweep_waiting_addresses", Never)])
        { ForMinutes = 30 },
        new(
            "PodEipAddressOrphaned",
            "max(podeip_idle_address_oldest_seconds{state=\"Orphaned\"}) > 86400",
            Info,
            "A fixed address has been without its claim for {{ $value | humanizeDuration }}, and costs money.",
            [new("podeip_idle_address_oldest_seconds{state=\"Orphaned\"}", "90000+60x90")],
            [new("podeip_idle_address_oldest_seconds{state=\"Orphaned\"}", "3600+60x90")])
        { ForMinutes = 0 },
    ];

    private static Sample Leader(string pod, string values) => new($"leader_election_master_status{{name=\"podeip-controller\",pod=\"{pod}\"}}", values);

    private static Sample Calls(string action, string result, string values) => new($"podeip_cloud_calls_total{{action=\"{action}\",result=\"{result}\"}}", values);
}
