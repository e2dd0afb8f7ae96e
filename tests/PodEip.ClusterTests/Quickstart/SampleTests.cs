using System.Text.Json.Nodes;
using PodEip.Dev;
using PodEip.Dev.Quickstart;
using Xunit;

namespace PodEip.ClusterTests.Quickstart;

/// <summary>The samples are the user document's workloads, field by field.</summary>
public sealed class SampleTests
{
    [Fact]
    public void The_first_sample_is_the_documents_first_workload() => AssertSame(
        Document("default", 1, """
            "tke.cloud.tencent.com/networks": "tke-route-eni",
            "tke.cloud.tencent.com/eip-attributes": "{\"Bandwidth\":\"100\",\"ISP\":\"BGP\"}",
            "tke.cloud.tencent.com/eip-claim-delete-policy": "Never"
            """),
        Read("automatic.yaml", "StatefulSet"));

    [Fact]
    public void The_second_sample_is_the_documents_second_workload_with_two_replicas_in_a_namespace_of_its_own() => AssertSame(
        Document("given", 2, """
            "tke.cloud.tencent.com/networks": "tke-route-eni",
            "tke.cloud.tencent.com/eip-id-list": "eip-xxx1,eip-xxx2"
            """),
        Read("given.yaml", "StatefulSet"));

    [Fact]
    public void The_Deployment_has_no_fixed_addresses()
    {
        var annotations = Read("deployment.yaml", "Deployment")["spec"]!["template"]!["metadata"]!["annotations"]!.AsObject();
        Assert.Contains("tke.cloud.tencent.com/eip-attributes", annotations);
        Assert.DoesNotContain("tke.cloud.tencent.com/eip-claim-delete-policy", annotations);
    }

    private static void AssertSame(JsonNode expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(expected, actual), $"expected {expected.ToJsonString()}\nfound    {actual.ToJsonString()}");

    private static JsonObject Read(string file, string kind) =>
        Assert.Single(Manifest.Read(Path.Combine(Checkout.Root, "deploy", "samples", file)), one => one["kind"]!.GetValue<string>() == kind);

    private static JsonNode Document(string ns, int replicas, string annotations) => JsonNode.Parse($$"""
        {
          "apiVersion": "apps/v1",
          "kind": "StatefulSet",
          "metadata": { "labels": { "k8s-app": "busybox" }, "name": "busybox", "namespace": "{{ns}}" },
          "spec": {
            "replicas": {{replicas}},
            "selector": { "matchLabels": { "k8s-app": "busybox", "qcloud-app": "busybox" } },
            "serviceName": "",
            "template": {
              "metadata": {
                "annotations": { {{annotations}} },
                "creationTimestamp": null,
                "labels": { "k8s-app": "busybox", "qcloud-app": "busybox" }
              },
              "spec": {
                "containers": [
                  {
                    "args": ["10000000000"],
                    "command": ["sleep"],
                    "image": "busybox",
                    "imagePullPolicy": "Always",
                    "name": "busybox",
                    "resources": {
                      "limits": { "tke.cloud.tencent.com/eni-ip": "1", "tke.cloud.tencent.com/eip": "1" },
                      "requests": { "tke.cloud.tencent.com/eni-ip": "1", "tke.cloud.tencent.com/eip": "1" }
                    }
                  }
                ]
              }
            }
          }
        }
        """)!;
}
