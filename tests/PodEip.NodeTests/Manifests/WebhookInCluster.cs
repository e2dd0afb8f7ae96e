using System.Text.Json.Nodes;
using PodEip.NodeTests.Hosts;
using PodEip.NodeTests.Packets;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.NodeTests.Manifests;

/// <summary>The admission webhook of an installation as authors of YAML meet it: the real API server asks its Pods by the Service of the manifests.</summary>
internal sealed class WebhookInCluster(RealCluster cluster, string scope)
{
    private const string Bad = """{"ISP":"XYZ"}""";

    /// <summary>Refuses what can't work, and gives the rest what it needs.</summary>
    public async Task JudgesAsync(CancellationToken cancellation)
    {
        // Until the controller has put its authority into the configurations nobody is asked; nor, on a busy machine, where an answer takes more than two seconds.
        var refused = await Eventually.BecomesAsync(ApplyBadAsync, answer => answer.Code != 0, TimeSpan.FromMinutes(2), "the webhook to be asked", cancellation);
        Assert.Contains("admission webhook \"workloads.validate.podeip.io\" denied the request: annotation tke.cloud.tencent.com/eip-attributes: ISP is \"XYZ\"", refused.Error, StringComparison.Ordinal);
        Assert.Null(await cluster.Kubectl.FindAsync("statefulset", "bad", scope, cancellation));

        await cluster.Kubectl.ApplyAsync(StatefulSet("good", """{"Bandwidth":"10"}"""), scope, cancellation);
        var pod = (await Eventually.BecomesAsync(GoodAsync, PacketScene.IsReady, TimeSpan.FromMinutes(3), "the Pod of the good StatefulSet to be ready", cancellation))!;
        var resources = pod["spec"]!["containers"]![0]!["resources"]!;
        Assert.Equal(("1", "1"), ((string?)resources["requests"]?["tke.cloud.tencent.com/eip"], (string?)resources["limits"]?["tke.cloud.tencent.com/eip"]));
        Assert.Equal("podeip.io/bound", (string?)pod["spec"]!["readinessGates"]?[0]?["conditionType"]);
        var ip = (string?)pod["metadata"]!["annotations"]!["tke.cloud.tencent.com/eip-public-ip"];
        Assert.Contains(cluster.Cloud.Model.Addresses, address => address.PublicIp == ip && address.PrivateIp == (string?)pod["status"]!["podIP"]);

        await cluster.Kubectl.RunAsync(["delete", "statefulset", "good", "-n", scope, "--timeout=120s"], cancellation: cancellation);
        await Eventually.BecomesAsync(
            token => cluster.Kubectl.RunAsync(["get", "pod/good-0", "eipclaim/good-0", "-n", scope, "-o", "name", "--ignore-not-found"], cancellation: token), left => left.Length == 0,
            TimeSpan.FromMinutes(3), "Pod and claim of the good StatefulSet to end", cancellation);
    }

    /// <summary>With no Pod of the webhook's left, what it would refuse is taken, and so is everything else.</summary>
    public async Task BlocksNobodyAsync(CancellationToken cancellation)
    {
        await cluster.Kubectl.ApplyAsync(StatefulSet("unjudged", Bad), scope, cancellation);
        await Eventually.BecomesAsync(
            token => cluster.Kubectl.FindAsync("pod", "unjudged-0", scope, token), PacketScene.IsReady, TimeSpan.FromMinutes(3), "a Pod that the webhook would have refused to run without it", cancellation);
        await cluster.Kubectl.RunAsync(["delete", "statefulset", "unjudged", "-n", scope, "--timeout=120s"], cancellation: cancellation);
    }

    private async Task<CommandResult> ApplyBadAsync(CancellationToken cancellation)
    {
        var answer = await cluster.Kubectl.TryApplyAsync(StatefulSet("bad", Bad), scope, cancellation);
        if (answer.Code == 0)
            await cluster.Kubectl.RunAsync(["delete", "statefulset", "bad", "-n", scope, "--timeout=120s"], cancellation: cancellation);
        return answer;
    }

    /// <summary>The Pod of the good StatefulSet; one that the webhook was not asked about is made anew.</summary>
    private async Task<JsonNode?> GoodAsync(CancellationToken cancellation)
    {
        var pod = await cluster.Kubectl.FindAsync("pod", "good-0", scope, cancellation);
        if (pod is null || pod["spec"]!["readinessGates"] is not null)
            return pod;
        await cluster.Kubectl.RunAsync(["delete", "pod", "good-0", "-n", scope, "--ignore-not-found", "--timeout=120s"], cancellation: cancellation);
        return null;
    }

    private string StatefulSet(string name, string attributes) => $$"""
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: {{name}}
        spec:
          replicas: 1
          serviceName: ""
          selector: { matchLabels: { app: {{name}} } }
          template:
            metadata:
              labels: { app: {{name}} }
              annotations:
                tke.cloud.tencent.com/eip-attributes: '{{attributes}}'
            spec:
              terminationGracePeriodSeconds: 1
              nodeSelector: { kubernetes.io/hostname: {{cluster.Large.Shape.Name}} }
              containers:
              - name: busybox
                image: busybox
                command: [sleep, "2000000000"]
        """;
}
