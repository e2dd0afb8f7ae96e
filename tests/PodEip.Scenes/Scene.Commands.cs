using System.Globalization;
using System.Text.Json.Nodes;
using PodEip.CloudSim;
using PodEip.TestKit.Processes;

namespace PodEip.Scenes;

/// <content>The controller's other commands, as an operator runs them.</content>
internal sealed partial class Scene
{
    /// <summary>Starts a command with access to cluster and cloud.</summary>
    /// <param name="command"><c>teardown</c> or <c>adopt</c>.</param>
    /// <param name="isLost">No flag says where the cluster is.</param>
    /// <param name="flags">Its own flags.</param>
    public ProcessUnderTest StartCommand(string command, bool isLost, params IEnumerable<string> flags) => StartCommand(command, isLost, null, flags);

    private ProcessUnderTest StartCommand(string command, bool isLost, string? kubeconfig, IEnumerable<string> flags) => ProcessUnderTest.Start(
        "podeip-controller",
        [
            command,
            "--cluster-id", Controller.Flag("--cluster-id"),
            "--region", Model.Settings.Region,
            "--cloud-endpoint", Cloud.Endpoint.ToString(),
            "--rate-multiplier", Options.Rates.ToString(CultureInfo.InvariantCulture),
            .. isLost ? (string[])[] : ["--kubeconfig", _plane.KubeconfigPath, "--namespace", Controller.Flag("--namespace")],
            .. flags,
        ],
        new Dictionary<string, string?>
        {
            ["TENCENTCLOUD_SECRET_ID"] = CloudSimOptions.DefaultSecretId,
            ["TENCENTCLOUD_SECRET_KEY"] = CloudSimOptions.DefaultSecretKey,
            ["TENCENTCLOUD_TOKEN"] = null,
            ["KUBECONFIG"] = kubeconfig,
            ["HOME"] = "/nonexistent",
        });

    /// <summary>Runs a command to its end.</summary>
    public async Task<CommandResult> RunCommandAsync(string command, CancellationToken cancellation, params IEnumerable<string> flags)
    {
        await using var process = StartCommand(command, isLost: false, flags);
        return new CommandResult(await process.ExitCodeAsync(TimeSpan.FromMinutes(2), cancellation), process.Output);
    }

    /// <summary>Runs a command to its end where no cluster can be found.</summary>
    public async Task<CommandResult> RunLostAsync(string command, CancellationToken cancellation, params IEnumerable<string> flags)
    {
        await using var process = StartCommand(command, isLost: true, flags);
        return new CommandResult(await process.ExitCodeAsync(TimeSpan.FromMinutes(2), cancellation), process.Output);
    }

    /// <summary>Runs a command to its end where only the environment says where the cluster is.</summary>
    public async Task<CommandResult> RunAliveAsync(string command, CancellationToken cancellation, params IEnumerable<string> flags)
    {
        await using var process = StartCommand(command, isLost: true, _plane.KubeconfigPath, flags);
        return new CommandResult(await process.ExitCodeAsync(TimeSpan.FromMinutes(2), cancellation), process.Output);
    }

    /// <summary>Runs <c>kubectl eip</c> to its end, as an operator without credentials of the cloud does.</summary>
    public async Task<CommandResult> RunCliAsync(CancellationToken cancellation, params IEnumerable<string> arguments)
    {
        await using var process = ProcessUnderTest.Start(
            "kubectl-eip", [.. arguments, "--kubeconfig", _plane.KubeconfigPath], new Dictionary<string, string?> { ["KUBECONFIG"] = null, ["HOME"] = "/nonexistent", ["PODEIP_ANNOTATION_PREFIX"] = null });
        return new CommandResult(await process.ExitCodeAsync(TimeSpan.FromMinutes(2), cancellation), process.Output);
    }

    /// <summary>This cluster's tag.</summary>
    public async Task<string> MarkAsync(CancellationToken cancellation) =>
        $"{Controller.Flag("--cluster-id")}/{(await Client.CoreV1.ReadNamespaceAsync("kube-system", cancellationToken: cancellation)).Metadata.Uid}";

    /// <summary>Starts the controller if it was stopped, and waits until it works.</summary>
    public async Task RestartAsync(CancellationToken cancellation)
    {
        if (Controller.Process.HasEnded)
        {
            Controller.Start();
        }

        await Controller.ReadyAsync(cancellation);
    }
}

/// <summary>How a command ended.</summary>
internal sealed record CommandResult(int Code, string Output)
{
    /// <summary>What <c>-o json</c> printed.</summary>
    public JsonNode Json => JsonNode.Parse(Output[Output.IndexOf('{', StringComparison.Ordinal)..(Output.LastIndexOf('}') + 1)])!;

    /// <summary>The row of an address.</summary>
    public JsonNode Row(string id) => Json["addresses"]!.AsArray().Single(row => (string?)row!["id"] == id)!;

    public override string ToString() => $"exit code {Code}:\n{Output}";
}
