using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PodEip.Dev;
using PodEip.Dev.Quickstart;
using PodEip.NodeTests.Hosts;
using Xunit;

namespace PodEip.NodeTests.Manifests;

/// <summary>The Helm chart, rendered by a renderer of our own, is what kustomize makes.</summary>
public sealed partial class ChartTests
{
    private static readonly string Chart = Path.Combine(Checkout.Root, "deploy", "helm", "pod-eip");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("default", "policy/v1/PodDisruptionBudget")]
    [InlineData("kubernetes-1.20", "policy/v1beta1/PodDisruptionBudget")]
    public async Task The_chart_renders_what_kustomize_does(string overlay, string capability)
    {
        await Kubectl.RequireComponentsAsync(Stop);
        var kustomized = await CommandLine.RunAsync("kubectl", ["kustomize", Path.Combine(Checkout.Root, "deploy", "overlays", overlay)], cancellation: Stop);
        // A changed ConfigMap has another name there, and another checksum here.
        var expected = Read(NameHash().Replace(kustomized, ""));
        var seen = Render(values =>
        {
            var settings = values["controller"]!["settings"]!.AsObject();
            (settings["PODEIP_CLUSTER_ID"], settings["PODEIP_REGION"], settings["PODEIP_VPC_ID"]) = ("cls-abcdefgh", "ap-guangzhou", "vpc-1a2b3c4d");
        }, capability);
        foreach (var workload in seen.Values.Where(one => one["spec"]?["template"] is not null))
            Assert.True(workload["spec"]!["template"]!["metadata"]!.AsObject().Remove("annotations"));

        Assert.Equal(expected.Keys.Order(), seen.Keys.Order());
        Assert.All(expected, one => Assert.True(JsonNode.DeepEquals(one.Value, seen[one.Key]), $"{one.Key}:\n{one.Value.ToJsonString()}\n{seen[one.Key].ToJsonString()}"));
    }

    [Fact]
    public void Values_change_what_they_say()
    {
        var objects = Render(values =>
        {
            values["imagePullSecrets"] = new JsonArray(new JsonObject { ["name"] = "pull" });
            values["controller"]!["image"]!["tag"] = "9.9.9";
            values["controller"]!["replicas"] = 3;
            values["agent"]!["enabled"] = false;
            values["podDisruptionBudget"]!["enabled"] = false;
        }, capability: "");

        Assert.DoesNotContain(objects.Keys, key => key.Contains("podeip-agent", StringComparison.Ordinal) || key.Contains("Disruption", StringComparison.Ordinal));
        var spec = objects["Deployment podeip-system/podeip-controller"]["spec"]!;
        Assert.Equal(3, (int)spec["replicas"]!);
        Assert.Equal("pull", (string?)spec["template"]!["spec"]!["imagePullSecrets"]![0]!["name"]);
        Assert.Equal("podeip/controller:9.9.9", (string?)spec["template"]!["spec"]!["containers"]![0]!["image"]);
    }

    [Fact]
    public async Task Every_value_is_in_the_schema_and_the_version_is_the_same_everywhere()
    {
        var schema = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Chart, "values.schema.json"), Stop))!;
        Check(Manifest.Read(Path.Combine(Chart, "values.yaml"))[0], schema, "values");
        var version = VersionLine().Match(await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "Directory.Build.props"), Stop)).Groups["version"].Value;
        var chart = Manifest.Read(Path.Combine(Chart, "Chart.yaml"))[0];
        Assert.Equal((version, version), ((string?)chart["version"], (string?)chart["appVersion"]));
        Assert.All(Manifest.Read(Path.Combine(Checkout.Root, "deploy", "base", "kustomization.yaml"))[0]["images"]!.AsArray(), image => Assert.Equal(version, (string?)image!["newTag"]));
    }

    private static void Check(JsonObject values, JsonNode schema, string path)
    {
        foreach (var (name, value) in values)
        {
            var known = schema["properties"]?[name];
            Assert.True(known is not null, $"{path}.{name} is not in values.schema.json");
            if (value is JsonObject members && known["properties"] is not null)
                Check(members, known, $"{path}.{name}");
        }
    }

    private static Dictionary<string, JsonObject> Render(Action<JsonObject> change, string capability)
    {
        var values = Manifest.Read(Path.Combine(Chart, "values.yaml"))[0];
        change(values);
        var root = new JsonObject
        {
            ["Values"] = values,
            ["Release"] = new JsonObject { ["Namespace"] = "podeip-system" },
            ["Chart"] = new JsonObject { ["AppVersion"] = (string?)Manifest.Read(Path.Combine(Chart, "Chart.yaml"))[0]["appVersion"] },
        };
        var renderer = new ChartRenderer(root, new HashSet<string>(StringComparer.Ordinal) { capability });
        return Read(string.Join("\n---\n", Directory.EnumerateFiles(Path.Combine(Chart, "templates"), "*.yaml").Select(file => renderer.Render(File.ReadAllText(file)))));
    }

    private static Dictionary<string, JsonObject> Read(string yaml)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, yaml);
            return Manifest.Read(file).ToDictionary(one => $"{one["kind"]} {one["metadata"]!["namespace"]}/{one["metadata"]!["name"]}", StringComparer.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"(?<=name: podeip-(controller|agent))-[a-z0-9]{10}$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex NameHash();

    [GeneratedRegex("<Version>(?<version>.*)</Version>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionLine();
}
