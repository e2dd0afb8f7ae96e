using System.Text.Json.Nodes;
using PodEip.NodeTests.Hosts;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.NodeTests;

/// <summary>Real packets between Pods of real nodes and a host on the internet.</summary>
public sealed class PacketTests(RealCluster cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_Pod_of_a_real_kubelet_has_an_ENIs_IP_and_its_address_reaches_it()
    {
        await cluster.StartedAsync(Stop);
        var scope = await cluster.CreateNamespaceAsync("first", Stop);
        await cluster.Kubectl.ApplyAsync("""
            apiVersion: v1
            kind: Pod
            metadata: { name: a, annotations: { tke.cloud.tencent.com/eip-attributes: "" } }
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - { name: busybox, image: busybox, imagePullPolicy: Always, command: [sleep], args: ["10000000000"] }
            """, scope, Stop);
        var pod = await Eventually.BecomesAsync(
            async token => await cluster.Kubectl.FindAsync("pod", "a", scope, token), pod => pod?["status"]?["phase"]?.GetValue<string>() == "Running", TimeSpan.FromSeconds(40), cancellation: Stop);
        TestContext.Current.TestOutputHelper!.WriteLine(pod!.ToJsonString());
        var bound = await Eventually.BecomesAsync(
            async token => (await cluster.Kubectl.FindAsync("pod", "a", scope, token))!["metadata"]!["annotations"]?["tke.cloud.tencent.com/eip-public-ip"]?.GetValue<string>(), ip => ip is not null, TimeSpan.FromSeconds(40), cancellation: Stop);
        cluster.Paths.Expect("out", bound!, (await cluster.Kubectl.ExecAsync(scope, "a", "wget -qO- http://198.51.100.10/a", Stop)).Trim());
    }
}
