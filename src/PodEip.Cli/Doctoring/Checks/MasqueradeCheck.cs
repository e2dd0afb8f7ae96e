using System.Text.Json.Nodes;
using PodEip.Controller.Explaining;
using PodEip.Kubernetes.Api;

namespace PodEip.Cli.Doctoring.Checks;

/// <summary>Do two agents fight over masquerading? Ours in its full role does what a stock ip-masq-agent does too.</summary>
internal sealed class MasqueradeCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "masquerade";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> RunAsync(DoctorSight sight, CancellationToken cancellationToken)
    {
        var sets = await sight.Cluster.TryListAsync("DaemonSets", ResourcePath.Group("apps", "v1", "daemonsets"), ReadJson.Default.JsonObject, cancellationToken);
        if (sets.Value is null)
        {
            return [new(Name, DoctorState.Skipped, sets.Denied ?? "", null)];
        }

        var ours = sets.Value.Where(s => s["spec"]?["template"]?["metadata"]?["labels"] is { } labels && (string?)labels["app.kubernetes.io/name"] is "pod-eip" && (string?)labels["app.kubernetes.io/component"] is "agent").ToList();
        var stock = sets.Value.Where(s => ((string?)s["metadata"]?["name"])?.Contains("ip-masq-agent", StringComparison.Ordinal) is true && !ours.Contains(s)).Select(Named).ToList();
        var full = ours.Where(s => Words(s).Any(w => w is "--masquerade=full" or "full")).Select(Named).ToList();
        return stock.Count == 0 || full.Count == 0
            ? []
            : [new(Name, DoctorState.Trouble, $"{full[0]} runs with --masquerade=full beside {stock[0]}: both translate", $"Say --masquerade=except to ours, or remove {stock[0]}.")];
    }

    private static string Named(JsonObject set) => $"{(string?)set["metadata"]?["namespace"]}/{(string?)set["metadata"]?["name"]}";

    private static IEnumerable<string> Words(JsonObject set) =>
        from container in set["spec"]?["template"]?["spec"]?["containers"] as JsonArray ?? []
        from list in new[] { container?["command"] as JsonArray, container?["args"] as JsonArray }
        from word in list ?? []
        select (string?)word ?? "";
}
