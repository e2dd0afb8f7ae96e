using System.Text.Json;
using PodEip.Api.Demands;
using PodEip.Claims.View;
using PodEip.Controller.Cluster;
using PodEip.Kubernetes.Objects;
using Xunit;

namespace PodEip.Controller.Tests.Cluster;

public sealed class PodProjectionTests
{
    private const string Wants = """ "annotations": { "tke.cloud.tencent.com/eip-attributes": "" } """;
    private const string Gate = """ "readinessGates": [ { "conditionType": "podeip.io/bound" } ] """;
    private readonly List<PassingPod> _passing = [];

    private static PodObject Read(string json) => JsonSerializer.Deserialize(json, ClusterJson.Default.PodObject)!;

    private static PodObject Pod(string metadata = Wants, string spec = """ "nodeName": "node-1" """, string status = "") =>
        Read($$"""{ "metadata": { "name": "web-0", "namespace": "games", "uid": "u1", "resourceVersion": "7", {{metadata}} }, "spec": { {{spec}} }, "status": { {{status}} } }""");

    private PodView? Project(PodObject pod) => new PodProjection(new DemandSettings(), _passing.Add).Project(pod);

    [Fact]
    public void A_Pod_that_asks_for_an_address_leaves_a_record_of_what_it_is()
    {
        var view = Project(Pod(
            metadata: """
                "annotations": { "tke.cloud.tencent.com/eip-attributes": "", "tke.cloud.tencent.com/eip-claim-delete-policy": "Never", "tke.cloud.tencent.com/eip-public-ip": "203.0.113.9" },
                "ownerReferences": [ { "apiVersion": "example.com/v1", "kind": "Team", "name": "t", "uid": "o0" },
                                     { "apiVersion": "apps/v1", "kind": "StatefulSet", "name": "web", "uid": "o1", "controller": true } ]
                """,
            status: """ "phase": "Running", "podIP": "10.0.0.5", "podIPs": [ { "ip": "10.0.0.5" } ] """))!;

        Assert.Equal(("games/web-0", "u1", "7"), (view.Key.ToString(), view.Uid, view.ResourceVersion));
        Assert.Equal(("node-1", "10.0.0.5", "203.0.113.9"), (view.NodeName, view.PrivateIp, view.PublishedIp));
        Assert.IsType<PodDemand.NewAddress>(view.Reading.Demand);
        Assert.Equal(DeletePolicy.Never, view.Reading.DeletePolicy);
        Assert.Equal((0, true), (view.Ordinal, view.MayStartElsewhere));
        Assert.Equal(("apps/v1", "StatefulSet", "web", "o1"), (view.Workload!.ApiVersion, view.Workload.Kind, view.Workload.Name, view.Workload.Uid));
        Assert.False(view.IsEnding || view.HasEnded);
    }

    [Theory]
    [InlineData(""" "labels": {} """, false)]
    [InlineData(""" "annotations": null """, false)]
    [InlineData(""" "annotations": { "tke.cloud.tencent.com/networks": "tke-route-eni" } """, false)]
    [InlineData(""" "annotations": { "tke.cloud.tencent.com/eip-claim-delete-policy": "Never" } """, false)]
    [InlineData(""" "annotations": { "other.example.com/eip-attributes": "" } """, false)]
    [InlineData(""" "annotations": { "tke.cloud.tencent.com/eip-attributes": "{bad" } """, true)]
    [InlineData(""" "annotations": { "tke.cloud.tencent.com/eip-id-list": "eip-1" } """, true)]
    [InlineData(""" "annotations": { "tke.cloud.tencent.com/eip-public-ip": "203.0.113.9" } """, true)]
    public void Only_Pods_that_ask_for_an_address_or_carry_one_leave_a_record(string metadata, bool kept) =>
        Assert.Equal(kept, Project(Pod(metadata)) is not null);

    [Theory]
    [InlineData("", "", null, null)]
    [InlineData(""" "readinessGates": [ { "conditionType": "example.com/warm" }, null ] """, """ "conditions": [ { "type": "podeip.io/bound", "status": "True" } ] """, null, null)]
    [InlineData(Gate, "", "", null)]
    [InlineData(Gate, """ "conditions": [ null, { "type": "Ready", "status": "True" } ] """, "", null)]
    [InlineData(Gate, """ "conditions": [ { "type": "podeip.io/bound", "status": "True", "reason": "Bound" } ] """, "True", "Bound")]
    [InlineData(Gate, """ "conditions": [ { "type": "podeip.io/bound", "status": "Unknown" } ] """, "False", null)]
    public void What_the_readiness_gate_says_is_kept_of_Pods_that_have_it(string spec, string status, string? says, string? reason)
    {
        var view = Project(Pod(metadata: """ "labels": {} """, spec: spec, status: status));
        Assert.Equal(says, view is null ? null : view.Gate!.IsTrue?.ToString() ?? "");
        Assert.Equal(reason, view?.Gate!.Reason);
    }

    [Fact]
    public void A_Pod_without_a_demand_can_still_be_viewed()
    {
        var view = new PodProjection(new DemandSettings()).View(Pod(metadata: """ "labels": {} """));
        Assert.IsType<PodDemand.None>(view.Reading.Demand);
        Assert.Equal("u1", view.Uid);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(""" "podIP": "10.0.0.5" """, "10.0.0.5")]
    [InlineData(""" "podIP": "fd00::5", "podIPs": [ { "ip": "fd00::5" }, { "ip": "10.0.0.5" } ] """, "10.0.0.5")]
    [InlineData(""" "podIP": "10.0.0.5", "podIPs": [ { "ip": "10.0.0.5" }, { "ip": "fd00::5" } ] """, "10.0.0.5")]
    [InlineData(""" "podIP": "10.0.0.5", "podIPs": [] """, "10.0.0.5")]
    [InlineData(""" "podIP": "fd00::5" """, null)]
    [InlineData(""" "podIP": "10.5" """, null)]
    [InlineData(""" "podIP": "", "podIPs": [ { } ] """, null)]
    public void The_private_IP_is_the_first_IPv4(string status, string? ip) => Assert.Equal(ip, Project(Pod(status: status))!.PrivateIp);

    [Fact]
    public void A_Pod_on_its_nodes_network_has_no_private_IP_of_its_own()
    {
        var view = Project(Pod(spec: """ "nodeName": "node-1", "hostNetwork": true """, status: """ "podIP": "10.0.0.1" """))!;
        Assert.Null(view.PrivateIp);
        Assert.Equal(NetworkMode.NotVpcCni, view.Reading.Network);
        Assert.Empty(_passing);
    }

    [Theory]
    [InlineData(false, """ "phase": "Running" """, false, "running")]
    [InlineData(false, """ "phase": "Succeeded" """, true, "completed")]
    [InlineData(false, """ "phase": "Failed" """, true, "failed")]
    [InlineData(false, """ "phase": "Running", "containerStatuses": [ { "state": { "terminated": { "exitCode": 1 } } } ] """, false, "crashed, not ending: it will be started again")]
    [InlineData(true, """ "phase": "Running", "containerStatuses": [ { "state": { "running": {} } } ] """, false, "serving through its graceful shutdown")]
    [InlineData(true, """ "phase": "Running", "containerStatuses": [ { "state": { "terminated": {} } }, { "state": { "running": {} } } ] """, false, "one container left")]
    [InlineData(true, """ "phase": "Running", "containerStatuses": [ { "state": { "terminated": {} } }, { "state": { "terminated": {} } } ] """, true, "all terminated")]
    [InlineData(true, """ "containerStatuses": [ { "state": { "terminated": {} } } ], "initContainerStatuses": [ { "state": { "running": {} } } ] """, false, "a sidecar runs")]
    [InlineData(true, """ "containerStatuses": [ { "state": { "terminated": {} } } ], "ephemeralContainerStatuses": [ { "state": { "running": {} } } ] """, false, "somebody debugs")]
    [InlineData(true, """ "containerStatuses": [ { "state": { "waiting": { "reason": "ContainerCreating" } } } ] """, false, "may be starting this moment")]
    [InlineData(true, """ "containerStatuses": [ { } ] """, false, "state unknown")]
    [InlineData(true, """ "phase": "Pending" """, false, "on a node, nothing reported yet")]
    [InlineData(true, """ "initContainerStatuses": [ { "state": { "terminated": {} } } ] """, false, "main containers not reported")]
    public void A_Pod_has_ended_when_nothing_of_it_runs_or_ever_will(bool ending, string status, bool ended, string why)
    {
        var deleted = ending ? """ "deletionTimestamp": "2026-01-01T00:00:00Z", """ : "";
        var view = Project(Pod(metadata: deleted + Wants, status: status))!;
        Assert.True(view.HasEnded == ended, why);
        Assert.Equal(ending, view.IsEnding);
    }

    [Fact]
    public void A_Pod_deleted_before_it_was_scheduled_has_ended()
    {
        var view = Project(Pod(metadata: """ "deletionTimestamp": "2026-01-01T00:00:00Z", """ + Wants, spec: ""))!;
        Assert.True(view.HasEnded);
        Assert.Null(view.NodeName);
    }

    [Theory]
    [InlineData("apps/v1", "ReplicaSet", null, false)]
    [InlineData("batch/v1", "Job", null, false)]
    [InlineData("apps/v1", "StatefulSet", 0, true)]
    [InlineData("apps.kruise.io/v1beta1", "StatefulSet", 0, false)]
    [InlineData("apps.kruise.io/v1alpha1", "CloneSet", null, false)]
    public void The_owner_decides_whether_the_number_counts(string apiVersion, string kind, int? ordinal, bool elsewhere)
    {
        var view = Project(Pod(Wants + $$""", "ownerReferences": [ { "apiVersion": "{{apiVersion}}", "kind": "{{kind}}", "name": "o", "uid": "o1", "controller": true } ] """))!;
        Assert.Equal((ordinal, elsewhere), (view.Ordinal, view.MayStartElsewhere));
    }

    [Fact]
    public void An_owner_that_does_not_control_the_Pod_is_not_its_workload()
    {
        var view = Project(Pod(Wants + """, "ownerReferences": [ { "apiVersion": "batch/v1", "kind": "Job", "name": "o", "uid": "o1" } ] """))!;
        Assert.Null(view.Workload);
        Assert.Equal(0, view.Ordinal);
    }

    [Fact]
    public void Every_Pod_with_a_private_IP_is_reported_as_it_passes()
    {
        Project(Pod(metadata: """ "labels": {} """, status: """ "podIP": "10.0.0.5", "phase": "Running" """));
        Project(Pod(status: """ "podIP": "10.0.0.6", "phase": "Failed" """));
        Project(Pod(status: """ "phase": "Pending" """));

        Assert.Equal([("10.0.0.5", true), ("10.0.0.6", false)], _passing.Select(p => (p.PrivateIp, p.IsLive)));
        Assert.All(_passing, p => Assert.Equal(("games/web-0", "u1"), (p.Key.ToString(), p.Uid)));
    }

    [Theory]
    [InlineData("""{ }""")]
    [InlineData("""{ "metadata": null, "spec": null, "status": null }""")]
    [InlineData("""{ "metadata": { "name": "a", "namespace": "b", "uid": "c" }, "status": { "podIPs": null, "containerStatuses": [ null ] } }""")]
    public void A_strange_Pod_does_not_stop_the_watch(string json) => Assert.Null(Project(Read(json)));
}
