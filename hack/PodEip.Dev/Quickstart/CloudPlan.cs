using System.Text.Json.Nodes;

namespace PodEip.Dev.Quickstart;

/// <summary>What the simulated cloud holds at first: a VPC, three machines, the two given addresses, the controller's key pair.</summary>
internal static class CloudPlan
{
    public const string VpcId = "vpc-podeip01";
    public const string Region = "ap-guangzhou";

    /// <summary>Keeps other Pods of a cluster that is not ours off machines that only pretend.</summary>
    public const string Taint = "podeip.io/simulated=true:NoSchedule";

    /// <summary>Node names of the machines.</summary>
    public static IReadOnlyList<string> Machines { get; } = ["podeip-sim-1", "podeip-sim-2", "podeip-sim-3"];

    /// <summary>The seed; a machine of 16 vCPU carries 4 public IPs, so that 3 are left for Pods.</summary>
    /// <param name="key">The controller's key pair.</param>
    /// <param name="actions">What it may do.</param>
    public static JsonObject Seed(CloudKey key, IEnumerable<string> actions) => new()
    {
        ["vpcs"] = new JsonArray(new JsonObject { ["id"] = VpcId, ["cidr"] = "10.0.0.0/16", ["name"] = "quickstart" }),
        ["subnets"] = new JsonArray(new JsonObject { ["id"] = "subnet-podeip01", ["vpcId"] = VpcId, ["cidr"] = "10.0.0.0/20", ["zone"] = Region + "-6", ["name"] = "quickstart" }),
        ["cvms"] = new JsonArray([.. Machines.Select((name, at) => (JsonNode)new JsonObject { ["id"] = $"ins-podeip0{at + 1}", ["name"] = name, ["cpu"] = 16 })]),
        ["addresses"] = new JsonArray(Given("eip-xxx1"), Given("eip-xxx2")),
        ["keys"] = new JsonArray(new JsonObject
        {
            ["secretId"] = key.SecretId,
            ["secretKey"] = key.SecretKey,
            ["allow"] = new JsonArray([.. actions.Select(action => (JsonNode)JsonValue.Create(action))]),
        }),
    };

    /// <summary>The actions that the policies in deploy/cam allow, but for what only --manage-eip-routes needs.</summary>
    public static IReadOnlyList<string> AllowedActions() => [.. ActionsOf("binding.json"), .. ActionsOf("routes.json")];

    private static IEnumerable<string> ActionsOf(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Checkout.Root, "deploy", "cam", file)))!["statement"]!.AsArray()
            .SelectMany(statement => statement!["action"]!.AsArray()).Select(action => action!.GetValue<string>());

    private static JsonObject Given(string id) => new() { ["id"] = id, ["name"] = "given" };
}
