using System.Globalization;
using System.Text.Json.Nodes;
using PodEip.NodeTests.Hosts;
using PodEip.TestKit.Waiting;

namespace PodEip.NodeTests.Scheduling;

/// <summary>What Nodes offer to Pods with addresses, and whether Pods got their place.</summary>
internal static class Slots
{
    /// <summary>The resource.</summary>
    public const string Resource = "tke.cloud.tencent.com/eip";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Waits until a Node offers so many, and returns how long that took.</summary>
    public static async Task<TimeSpan> BecomeAsync(RealCluster cluster, KubeNode node, int count, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        var wanted = count.ToString(CultureInfo.InvariantCulture);
        await Eventually.BecomesAsync(
            async token => await SeenAsync(cluster, node, token), seen => seen == $"{wanted} of {wanted}", Patience, $"{node.Shape.Name} to offer {wanted} of {wanted}", cancellation);
        return TimeProvider.System.GetElapsedTime(start);
    }

    /// <summary>What is allocatable of its capacity.</summary>
    public static async Task<string> SeenAsync(RealCluster cluster, KubeNode node, CancellationToken cancellation)
    {
        var status = (await cluster.Kubectl.FindAsync("node", node.Shape.Name, "default", cancellation))?["status"];
        return $"{Of(status, "allocatable")} of {Of(status, "capacity")}";
    }

    /// <summary>Waits until a Pod runs with an address, and returns the address.</summary>
    public static async Task<string> BoundAsync(RealCluster cluster, string scope, string pod, CancellationToken cancellation)
    {
        var seen = await Eventually.BecomesAsync(
            token => cluster.Kubectl.FindAsync("pod", pod, scope, token),
            found => Phase(found) == "Running" && PublicIp(found) is not null && found!["metadata"]!["deletionTimestamp"] is null, Patience, $"Pod {scope}/{pod} to run with an address", cancellation);
        return PublicIp(seen)!;
    }

    /// <summary>Waits until the scheduler says why a Pod has no place, and returns its words.</summary>
    public static async Task<string> UnschedulableAsync(RealCluster cluster, string scope, string pod, CancellationToken cancellation)
    {
        var message = await Eventually.BecomesAsync(
            async token => (await cluster.Kubectl.FindAsync("pod", pod, scope, token))?["status"]?["conditions"]?.AsArray()
                .FirstOrDefault(condition => condition!["reason"]?.GetValue<string>() == "Unschedulable")?["message"]?.GetValue<string>(),
            message => message is not null, Patience, $"the scheduler to say why {scope}/{pod} has no place", cancellation);
        return message!;
    }

    private static string Of(JsonNode? status, string what) => status?[what]?[Resource]?.GetValue<string>() ?? "none";

    private static string? Phase(JsonNode? pod) => pod?["status"]?["phase"]?.GetValue<string>();

    private static string? PublicIp(JsonNode? pod) => pod?["metadata"]?["annotations"]?["tke.cloud.tencent.com/eip-public-ip"]?.GetValue<string>();
}
