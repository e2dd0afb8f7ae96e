using PodEip.Api.Demands;
using PodEip.Claims.Explain;
using PodEip.Cli.Planning;
using PodEip.Cloud.Addresses;
using Xunit;

namespace PodEip.Cli.Tests.Text;

/// <summary>Will these workloads get their addresses?</summary>
public sealed class PlanTests
{
    private const string Manifest = """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: { name: web }
        spec:
          replicas: 3
          template:
            metadata:
              annotations:
                tke.cloud.tencent.com/eip-id-list: eip-aaaaaaaa,eip-bbbbbbbb
            spec:
              containers:
              - name: main
                resources: { limits: { tke.cloud.tencent.com/eip: 1 } }
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: api }
        spec:
          replicas: 4
          template:
            metadata:
              annotations:
                tke.cloud.tencent.com/eip-attributes: '{"Bandwidth":50}'
                tke.cloud.tencent.com/eip-claim-delete-policy: "Never"
            spec:
              containers: [ { name: main } ]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: other }
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: night }
        spec: { jobTemplate: { spec: { template: { metadata: { annotations: { tke.cloud.tencent.com/eip-attributes: '{"ISP":"CTC"}' } }, spec: { containers: [ { name: main } ] } } } } }
        """;

    [Fact]
    public void What_will_not_do_is_told_of_each_workload_and_of_all_together()
    {
        using var text = new StringReader(Manifest);
        var workloads = YamlDocuments.Read(text).Select(PlannedWorkload.Of).OfType<PlannedWorkload>().ToList();
        Assert.Equal([("StatefulSet", 3), ("Deployment", 4), ("CronJob", 1)], workloads.Select(w => (w.Kind, w.Replicas)));
        var lines = new PlanRules(new DemandSettings()).Of(workloads, [new NodeFacts("node-1", 9, 7, null)], [new AddressQuota(AddressQuota.Total, 18, 20), new AddressQuota(AddressQuota.DailyPurchases, 0, 40)]);
        GoldenFile.Holds("plan.txt", string.Concat(lines.Select(l => $"{(l.IsTrouble ? "TROUBLE" : "ok")} {l.About}: {l.Text}\n")));
    }
}
