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
    [InlineData("default", "v1.27.1")]
    [InlineData("default", "v1.28.0")]
    [InlineData("kubernetes-1.20", "v1.20.2")]
    public Task The_chart_renders_what_kustomize_does(string overlay, string version) => SameAsync(overlay, version, _ => { });

    [Theory]
    [InlineData("webhook", "webhook.enabled", "v1.27.1")]
    [InlineData("webhook", "webhook.enabled", "v1.28.0")]
    [InlineData("components/webhook-cert-manager", "webhook.enabled webhook.certManager", "v1.27.1")]
    [InlineData("components/console", "console.enabled", "v1.27.1")]
    [InlineData("components/service-monitor", "monitoring.monitors", "v1.27.1")]
    [InlineData("components/webhook-cert-manager components/console components/service-monitor", "webhook.enabled webhook.certManager console.enabled monitoring.monitors", "v1.28.0")]
    public Task What_values_switch_on_is_what_components_add(string components, string switches, string version) => SameAsync(
        "default", version,
        values =>
        {
            foreach (var path in switches.Split(' ').Select(path => path.Split('.')))
            {
                Assert.False((bool)values[path[0]]![path[1]]!, $"{path[0]}.{path[1]} is on by default");
                values[path[0]]![path[1]] = true;
            }
        },
        components.Split(' '));

    [Fact]
    public void The_rules_are_those_of_the_monitoring_folder_and_monitors_have_the_labels_given()
    {
        var objects = Render(values => values["monitoring"] = new JsonObject { ["rules"] = true, ["monitors"] = true, ["labels"] = new JsonObject { ["release"] = "prometheus" } }, "v1.27.1");

        var rules = Manifest.Read(Path.Combine(Checkout.Root, "deploy", "monitoring", "prometheusrule.yaml"))[0];
        rules["metadata"]!["namespace"] = "podeip-system";
        rules["metadata"]!["labels"]!["release"] = "prometheus";
        Assert.True(JsonNode.DeepEquals(rules, objects["PrometheusRule podeip-system/podeip"]), objects["PrometheusRule podeip-system/podeip"].ToJsonString());
        Assert.All((string[])["ServiceMonitor podeip-system/podeip-controller", "PodMonitor podeip-system/podeip-agent"], monitor =>
        {
            Assert.Equal("prometheus", (string?)objects[monitor]["metadata"]!["labels"]!["release"]);
            Assert.Null(objects[monitor]["spec"]!["selector"]!["matchLabels"]!["release"]);
        });
    }

    [Fact]
    public async Task A_switch_rolls_the_Pods_it_is_for_and_its_flags_can_only_be_set_by_it()
    {
        const string Controller = "Deployment podeip-system/podeip-controller", Agent = "DaemonSet podeip-system/podeip-agent";
        var before = Render(_ => { }, "v1.27.1");
        var rolled = new Dictionary<string, string>(StringComparer.Ordinal) { ["webhook.inject"] = Controller, ["console.enabled"] = Controller, ["monitoring.monitors"] = Agent };
        foreach (var (path, workload) in rolled)
        {
            var after = Render(values => values[path.Split('.')[0]]![path.Split('.')[1]] = true, "v1.27.1");
            Assert.Equal([workload], new[] { Controller, Agent }.Where(one => Checksum(before, one) != Checksum(after, one)));
        }

        var schema = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Chart, "values.schema.json"), Stop))!;
        var all = Render(values => (values["webhook"], values["console"]) = (new JsonObject { ["enabled"] = true, ["inject"] = true, ["certManager"] = true }, new JsonObject { ["enabled"] = true }), "v1.27.1");
        const string Settings = "ConfigMap podeip-system/podeip-controller";
        Assert.Equal(
            all[Settings]["data"]!.AsObject().Select(one => one.Key).Except(before[Settings]["data"]!.AsObject().Select(one => one.Key)).Order(StringComparer.Ordinal),
            schema["properties"]!["controller"]!["properties"]!["settings"]!["propertyNames"]!["not"]!["enum"]!.AsArray().Select(one => (string)one!).Order(StringComparer.Ordinal));
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
        }, "v1.27.1");

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

    /// <summary>Compares what the chart renders for a version of Kubernetes with an overlay and components of kustomize's.</summary>
    private static async Task SameAsync(string overlay, string version, Action<JsonObject> change, params string[] components)
    {
        await Kubectl.RequireComponentsAsync(Stop);
        var kustomized = await KustomizeAsync(overlay, components);
        // A changed ConfigMap has another name there, and another checksum here.
        var expected = Read(NameHash().Replace(kustomized, ""));
        // For these versions webhook-1.28.yaml is taken in place of webhook.yaml.
        if (version == "v1.28.0")
        {
            foreach (var one in Manifest.Read(Path.Combine(Checkout.Root, "deploy", "webhook", "webhook-1.28.yaml")).Where(one => expected.ContainsKey(Key(one))))
            {
                if (expected[Key(one)]["metadata"]!["annotations"] is { } annotations)
                    one["metadata"]!["annotations"] = annotations.DeepClone();
                expected[Key(one)] = one;
            }
        }

        var seen = Render(
            values =>
            {
                var settings = values["controller"]!["settings"]!.AsObject();
                (settings["PODEIP_CLUSTER_ID"], settings["PODEIP_REGION"], settings["PODEIP_VPC_ID"]) = ("cls-abcdefgh", "ap-guangzhou", "vpc-1a2b3c4d");
                change(values);
            },
            version);
        foreach (var workload in seen.Values.Where(one => one["spec"]?["template"] is not null))
            Assert.True(workload["spec"]!["template"]!["metadata"]!.AsObject().Remove("annotations"));

        Assert.Equal(expected.Keys.Order(), seen.Keys.Order());
        Assert.All(expected, one => Assert.True(JsonNode.DeepEquals(one.Value, seen[one.Key]), $"{one.Key}:\n{one.Value.ToJsonString()}\n{seen[one.Key].ToJsonString()}"));
    }

    private static async Task<string> KustomizeAsync(string overlay, string[] components)
    {
        var folder = Directory.CreateTempSubdirectory("podeip-chart-");
        try
        {
            string At(string path) => Path.GetRelativePath(folder.FullName, Path.Combine(Checkout.Root, "deploy", path));
            var lines = string.Concat(components.Select(component => $"  - {At(component)}\n"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "kustomization.yaml"), $"resources:\n  - {At($"overlays/{overlay}")}\n{(components.Length > 0 ? "components:\n" : "")}{lines}", Stop);
            return await CommandLine.RunAsync("kubectl", ["kustomize", folder.FullName], cancellation: Stop);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? Checksum(Dictionary<string, JsonObject> objects, string workload) => (string?)objects[workload]["spec"]!["template"]!["metadata"]!["annotations"]!["checksum/settings"];

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

    private static Dictionary<string, JsonObject> Render(Action<JsonObject> change, string version)
    {
        var values = Manifest.Read(Path.Combine(Chart, "values.yaml"))[0];
        change(values);
        var root = new JsonObject
        {
            ["Values"] = values,
            ["Release"] = new JsonObject { ["Namespace"] = "podeip-system" },
            ["Chart"] = new JsonObject { ["AppVersion"] = (string?)Manifest.Read(Path.Combine(Chart, "Chart.yaml"))[0]["appVersion"] },
            ["Capabilities"] = new JsonObject { ["KubeVersion"] = new JsonObject { ["Version"] = version } },
        };
        var known = new HashSet<string>(StringComparer.Ordinal) { version == "v1.20.2" ? "policy/v1beta1/PodDisruptionBudget" : "policy/v1/PodDisruptionBudget" };
        var renderer = new ChartRenderer(root, known);
        return Read(string.Join("\n---\n", Directory.EnumerateFiles(Path.Combine(Chart, "templates"), "*.yaml").Select(file => renderer.Render(File.ReadAllText(file)))));
    }

    private static Dictionary<string, JsonObject> Read(string yaml)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, yaml);
            return Manifest.Read(file).ToDictionary(Key, StringComparer.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Key(JsonObject one) => $"{one["kind"]} {one["metadata"]!["namespace"]}/{one["metadata"]!["name"]}";

    [GeneratedRegex(@"(?<=name: podeip-(controller|agent))-[a-z0-9]{10}$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex NameHash();

    [GeneratedRegex("<Version>(?<version>.*)</Version>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionLine();
}
