namespace PodEip.Dev.Quickstart;

/// <summary>What to try next, as commands to copy.</summary>
internal static class NextCommands
{
    /// <summary>The lines.</summary>
    public static IReadOnlyList<string> For(QuickstartCluster cluster, QuickstartFiles files, CloudEndpoints cloud, Uri? controller)
    {
        var kubectl = cluster.Context is { } context ? $"kubectl --context {Quote(context)}" : $"kubectl --kubeconfig {Quote(Relative(files.Kubeconfig))}";
        List<(string Command, string Comment)> commands =
        [
            ($"{kubectl} get eipc -A", "the claims; -o wide shows more"),
            ($"{kubectl} describe eipc busybox-0", "conditions and events"),
            ($"{kubectl} delete pod busybox-0", "fixed: it comes back with the same address"),
            ($"{kubectl} rollout restart deployment crawler", "not fixed: the new Pods get other addresses"),
            ($"{kubectl} delete eipc busybox-0", "gives the address back; the living Pod gets another"),
            ($"{kubectl} get events -A --watch", "what happens meanwhile"),
            ($"curl -s {new Uri(cloud.Control, "/calls")}", "every call to the simulated cloud (docs/simulator.md)"),
        ];
        if (controller is not null)
            commands.Add(($"curl -s {new Uri(controller, "/metrics")}", "the controller's metrics"));
        var width = commands.Max(line => line.Command.Length);
        return
        [
            "Try:",
            .. commands.Select(line => $"  {line.Command.PadRight(width)}  # {line.Comment}"),
            $"Logs: {Relative(files.ControllerLog)}, {Relative(files.CloudLog)}",
            $"End it all: {End(cluster.Context, files)}",
        ];
    }

    private static string End(string? context, QuickstartFiles files)
    {
        if (files.Folder == QuickstartFiles.DefaultFolder(context))
            return "make quickstart-down" + (context is null ? "" : $" CLUSTER={Quote(context)}");
        return "hack/podeip-dev quickstart-down" + (context is null ? "" : $" --cluster {Quote(context)}") + $" --state {Quote(Relative(files.Folder))}";
    }

    private static string Relative(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    private static string Quote(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '@' or ':') ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
