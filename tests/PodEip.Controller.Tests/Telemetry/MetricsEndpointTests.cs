using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PodEip.Cloud;
using PodEip.Controller.Telemetry;
using PodEip.Hosting;
using PodEip.Kubernetes.Events;
using Xunit;

namespace PodEip.Controller.Tests.Telemetry;

[Collection("meters")]
public sealed class MetricsEndpointTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly Readiness _readiness = new();
    private readonly ControllerMetrics _metrics = new("api:6443");
    private readonly HttpClient _http = new();
    private LoopWatch _loops = null!;
    private StatusWeb _web = null!;

    public async ValueTask InitializeAsync()
    {
        _loops = new LoopWatch(_time);
        _web = await StatusWeb.StartAsync(new ListenAddress(IPAddress.Loopback, 0), ControllerMetrics.MeterName, _loops, _readiness, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        _metrics.StartAtZero("lease");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _metrics.Dispose();
        await _web.DisposeAsync();
    }

    private async Task<(HttpStatusCode Code, string Text)> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(_web.Address, path), TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Counters_and_gauges_start_at_zero_under_their_names()
    {
        var (code, text) = await GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.OK, code);

        // Meters are heard by name in the whole process: those of another test at work give the same samples once more.
        var samples = text.Split('\n').Where(l => l.Length > 0 && l[0] != '#' && !l.StartsWith("dotnet_", StringComparison.Ordinal)).Select(Sample).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(Golden, string.Join('\n', samples));
    }

    [Fact]
    public async Task Histograms_and_labels_keep_the_names_that_dashboards_know()
    {
        _metrics.Queues.Added("claims");
        _metrics.Queues.Taken("claims", TimeSpan.FromMilliseconds(3));
        _metrics.Queues.Finished("claims", TimeSpan.FromMilliseconds(3));
        _metrics.Queues.Retried("claims");
        _metrics.Reconciles.Reconciled("claims", isError: true, TimeSpan.FromMilliseconds(3));
        _metrics.KubeApi.Called("PATCH", 409, TimeSpan.FromMilliseconds(3));
        _metrics.KubeApi.Called("GET", 0, TimeSpan.FromMilliseconds(3));
        _metrics.Cloud.Completed(new CloudCall("AssociateAddress", CloudErrorClass.Throttled, "RequestLimitExceeded", TimeSpan.FromSeconds(1), Cancelled: false));
        _metrics.Cloud.HadTurn("AssociateAddress", TimeSpan.FromSeconds(1));
        _metrics.Claims.Bound(TimeSpan.FromSeconds(2));
        _metrics.Claims.StaleBindingEnded(TimeSpan.FromSeconds(2));
        _metrics.Claims.Bought(10);
        _metrics.Claims.CountClaims = () => new Dictionary<string, long> { ["Bound"] = 7 };
        _metrics.Events.Written(EventType.Warning, "FailedAllocateEIP");
        _metrics.Leads("lease", isLeader: true);
        var lines = (await GetAsync("/metrics")).Text.Split('\n');
        Assert.All(
            [
                "workqueue_depth{name=\"claims\"} 0",
                "workqueue_adds_total{name=\"claims\"} 1",
                "workqueue_retries_total{name=\"claims\"} 1",
                "workqueue_queue_duration_seconds_count{name=\"claims\"} 1",
                "workqueue_work_duration_seconds_count{name=\"claims\"} 1",
                "controller_runtime_reconcile_total{controller=\"claims\",result=\"error\"} 1",
                "controller_runtime_reconcile_errors_total{controller=\"claims\"} 1",
                "controller_runtime_reconcile_time_seconds_count{controller=\"claims\"} 1",
                "rest_client_requests_total{code=\"409\",host=\"api:6443\",method=\"PATCH\"} 1",
                "rest_client_requests_total{code=\"<error>\",host=\"api:6443\",method=\"GET\"} 1",
                "podeip_cloud_calls_total{action=\"AssociateAddress\",result=\"Throttled\"} 1",
                "podeip_cloud_call_duration_seconds_count{action=\"AssociateAddress\"} 1",
                "podeip_throttle_wait_seconds_count{action=\"AssociateAddress\"} 1",
                "podeip_bind_duration_seconds_count 1",
                "podeip_stale_binding_seconds_count 1",
                "podeip_purchases_total 10",
                "podeip_claims{phase=\"Bound\"} 7",
                "podeip_claims{phase=\"Pending\"} 0",
                "podeip_events_total{reason=\"FailedAllocateEIP\",type=\"Warning\"} 1",
                "leader_election_master_status{name=\"lease\"} 1",
            ],
            wanted => Assert.Contains(lines, line => Sample(line, keepValue: true) == wanted));
    }

    [Fact]
    public async Task A_stuck_loop_is_unhealthy_and_named()
    {
        using var loop = _loops.Watch("worker", TimeSpan.FromSeconds(30));
        Assert.Equal((HttpStatusCode.OK, "ok\n"), await GetAsync("/healthz"));
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "[-]worker failed: silent for 31 s, the limit is 30 s\nfailed\n"), await GetAsync("/healthz"));
        loop.Beat();
        Assert.Equal((HttpStatusCode.OK, "[+]worker ok\nok\n"), await GetAsync("/healthz?verbose"));
    }

    [Fact]
    public async Task Readiness_shows_each_condition()
    {
        _readiness.Set("startup", isReady: true);
        _readiness.Set("lease", isReady: true, "standing by");
        Assert.Equal((HttpStatusCode.OK, "[+]lease ok: standing by\n[+]startup ok\nok\n"), await GetAsync("/readyz?verbose"));
        _readiness.Set("informers", isReady: false, "pods not listed yet");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "[-]informers failed: pods not listed yet\n[+]lease ok: standing by\n[+]startup ok\nfailed\n"), await GetAsync("/readyz"));
    }

    [Fact]
    public async Task Other_paths_say_what_there_is()
    {
        var (code, text) = await GetAsync("/");
        Assert.Equal(HttpStatusCode.NotFound, code);
        Assert.Contains("/metrics", text, StringComparison.Ordinal);
    }

    /// <summary>A sample with its labels in order; its value and time are left out, or only the time.</summary>
    private static string Sample(string line) => Sample(line, keepValue: false);

    private static string Sample(string line, bool keepValue)
    {
        var end = line.IndexOf('}', StringComparison.Ordinal);
        var open = line.IndexOf('{', StringComparison.Ordinal);
        var name = open < 0 ? line.Split(' ')[0] : line[..open];
        if (name == "podeip_build_info")
        {
            return "podeip_build_info{dotnet,version}";
        }

        var labels = open < 0 ? "" : "{" + string.Join(',', line[(open + 1)..end].Split(',').Where(l => l.Length > 0).Order(StringComparer.Ordinal)) + "}";
        labels = labels == "{}" ? "" : labels;
        var values = (open < 0 ? line[Math.Min(line.Length, name.Length)..] : line[(end + 1)..]).Trim().Split(' ');
        return name + labels + (keepValue ? " " + values[0] : "");
    }

    private const string Golden = """
        controller_runtime_reconcile_errors_total{controller="claims"}
        controller_runtime_reconcile_total{controller="claims",result="error"}
        controller_runtime_reconcile_total{controller="claims",result="success"}
        leader_election_master_status{name="lease"}
        podeip_addresses{state="Bound"}
        podeip_addresses{state="BoundUnclaimed"}
        podeip_addresses{state="Cooling"}
        podeip_addresses{state="Held"}
        podeip_addresses{state="Idle"}
        podeip_addresses{state="Orphaned"}
        podeip_addresses{state="Stock"}
        podeip_build_info{dotnet,version}
        podeip_claims_workload_gone
        podeip_claims{phase="Allocated"}
        podeip_claims{phase="Bound"}
        podeip_claims{phase="Failed"}
        podeip_claims{phase="Pending"}
        podeip_claims{phase="Releasing"}
        podeip_claims{phase="Retained"}
        podeip_cloud_calls_total{action="AllocateAddresses",result="Ok"}
        podeip_cloud_calls_total{action="AllocateAddresses",result="Throttled"}
        podeip_cloud_calls_total{action="AssociateAddress",result="Ok"}
        podeip_cloud_calls_total{action="AssociateAddress",result="Throttled"}
        podeip_cloud_calls_total{action="CreateRoutes",result="Ok"}
        podeip_cloud_calls_total{action="CreateRoutes",result="Throttled"}
        podeip_cloud_calls_total{action="DeleteRoutes",result="Ok"}
        podeip_cloud_calls_total{action="DeleteRoutes",result="Throttled"}
        podeip_cloud_calls_total{action="DescribeAddresses",result="Ok"}
        podeip_cloud_calls_total{action="DescribeAddresses",result="Throttled"}
        podeip_cloud_calls_total{action="DescribeNetworkInterfaces",result="Ok"}
        podeip_cloud_calls_total{action="DescribeNetworkInterfaces",result="Throttled"}
        podeip_cloud_calls_total{action="DescribeRouteTables",result="Ok"}
        podeip_cloud_calls_total{action="DescribeRouteTables",result="Throttled"}
        podeip_cloud_calls_total{action="DescribeSubnets",result="Ok"}
        podeip_cloud_calls_total{action="DescribeSubnets",result="Throttled"}
        podeip_cloud_calls_total{action="DisassociateAddress",result="Ok"}
        podeip_cloud_calls_total{action="DisassociateAddress",result="Throttled"}
        podeip_cloud_calls_total{action="ModifyAddressAttribute",result="Ok"}
        podeip_cloud_calls_total{action="ModifyAddressAttribute",result="Throttled"}
        podeip_cloud_calls_total{action="ReleaseAddresses",result="Ok"}
        podeip_cloud_calls_total{action="ReleaseAddresses",result="Throttled"}
        podeip_cloud_calls_total{action="TagResources",result="Ok"}
        podeip_cloud_calls_total{action="TagResources",result="Throttled"}
        podeip_cloud_looks_wrong
        podeip_drift_total{kind="BoundElsewhere"}
        podeip_drift_total{kind="CascadeRelease"}
        podeip_drift_total{kind="Released"}
        podeip_drift_total{kind="Retagged"}
        podeip_drift_total{kind="Unbound"}
        podeip_drift_total{kind="Untagged"}
        podeip_drift_total{kind="Unusable"}
        podeip_egress_diverted_claims
        podeip_egress_subnets{way="Diverted"}
        podeip_egress_subnets{way="EipRoute"}
        podeip_egress_subnets{way="NoRoute"}
        podeip_egress_subnets{way="Unknown"}
        podeip_eip_route_changes_total{act="Added"}
        podeip_eip_route_changes_total{act="Lost"}
        podeip_eip_route_changes_total{act="Refused"}
        podeip_eip_route_changes_total{act="Removed"}
        podeip_eip_routes
        podeip_events_dropped_total{why="Overload"}
        podeip_events_dropped_total{why="Refused"}
        podeip_events_dropped_total{why="Shutdown"}
        podeip_events_total{reason="AssociatedEIP",type="Normal"}
        podeip_idle_address_oldest_seconds{state="BoundUnclaimed"}
        podeip_idle_address_oldest_seconds{state="Orphaned"}
        podeip_idle_address_oldest_seconds{state="Stock"}
        podeip_informer_events_total{resource="eipclaims"}
        podeip_informer_events_total{resource="nodes"}
        podeip_informer_events_total{resource="pods"}
        podeip_informer_failures_total{reason="Unreachable",resource="eipclaims"}
        podeip_informer_failures_total{reason="Unreachable",resource="nodes"}
        podeip_informer_failures_total{reason="Unreachable",resource="pods"}
        podeip_informer_listed_objects{resource="eipclaims"}
        podeip_informer_listed_objects{resource="nodes"}
        podeip_informer_listed_objects{resource="pods"}
        podeip_informer_lists_total{resource="eipclaims"}
        podeip_informer_lists_total{resource="nodes"}
        podeip_informer_lists_total{resource="pods"}
        podeip_informer_watches_total{resource="eipclaims"}
        podeip_informer_watches_total{resource="nodes"}
        podeip_informer_watches_total{resource="pods"}
        podeip_node_capacity_writes_total{act="Publish"}
        podeip_node_capacity_writes_total{act="Remove"}
        podeip_node_capacity_writes_total{act="Repair"}
        podeip_node_capacity_yields_total
        podeip_nodes{state="Contested"}
        podeip_nodes{state="NotOurs"}
        podeip_nodes{state="Pending"}
        podeip_nodes{state="Published"}
        podeip_nodes{state="Unknown"}
        podeip_purchases_total
        podeip_reused_total
        podeip_sweep_halted
        podeip_sweep_waiting_addresses
        podeip_swept_total{act="Released"}
        podeip_swept_total{act="Unbound"}
        rest_client_requests_total{code="200",host="api:6443",method="GET"}
        rest_client_requests_total{code="200",host="api:6443",method="LIST"}
        rest_client_requests_total{code="200",host="api:6443",method="WATCH"}
        workqueue_adds_total{name="claims"}
        workqueue_adds_total{name="nodes"}
        workqueue_depth{name="claims"}
        workqueue_depth{name="nodes"}
        workqueue_retries_total{name="claims"}
        workqueue_retries_total{name="nodes"}
        """;
}
