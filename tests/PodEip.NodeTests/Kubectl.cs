using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using PodEip.NodeTests.Hosts;
using PodEip.TestKit.ControlPlane;
using Xunit;

namespace PodEip.NodeTests;

/// <summary>The kubectl of this machine, as an administrator.</summary>
internal sealed class Kubectl(string kubeconfig)
{
    /// <summary>Skips the test where kubectl's kustomize knows no components: Debian 12's own is of 1.20.</summary>
    public static async Task RequireComponentsAsync(CancellationToken cancellation)
    {
        const int First = 21;
        var version = JsonNode.Parse(await CommandLine.RunAsync("kubectl", ["version", "--client", "-o", "json"], input: null, cancellation))!["clientVersion"]!;
        var minor = int.Parse(version["minor"]!.GetValue<string>().TrimEnd('+'), System.Globalization.CultureInfo.InvariantCulture);
        Assert.SkipWhen(minor < First, $"the manifests need the kustomize of kubectl 1.{First}, and this one is 1.{minor}");
    }

    /// <summary>Runs a command that must succeed.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> RunAsync(IEnumerable<string> arguments, string? input = null, CancellationToken cancellation = default) =>
        CommandLine.RunAsync("kubectl", ["--kubeconfig", kubeconfig, .. arguments], input, cancellation);

    /// <summary>Runs a command whose end the caller judges.</summary>
    public Task<CommandResult> TryAsync(IEnumerable<string> arguments, CancellationToken cancellation = default) =>
        CommandLine.TryAsync("kubectl", ["--kubeconfig", kubeconfig, .. arguments], input: null, cancellation);

    /// <summary>Applies YAML or JSON; the caller judges how it ends.</summary>
    public Task<CommandResult> TryApplyAsync(string manifest, string scope, CancellationToken cancellation) =>
        CommandLine.TryAsync("kubectl", ["--kubeconfig", kubeconfig, "apply", "-n", scope, "-f", "-"], manifest, cancellation);

    /// <summary>Applies YAML or JSON, in a namespace if it names none.</summary>
    public Task ApplyAsync(string manifest, string scope, CancellationToken cancellation) => RunAsync(["apply", "-n", scope, "-f", "-"], manifest, cancellation);

    /// <summary>An object; null if there is none.</summary>
    public async Task<JsonNode?> FindAsync(string kind, string name, string scope, CancellationToken cancellation)
    {
        var text = await RunAsync(["get", kind, name, "-n", scope, "-o", "json", "--ignore-not-found"], input: null, cancellation);
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    /// <summary>Runs a shell script in a Pod's container.</summary>
    public Task<string> ExecAsync(string scope, string pod, string script, CancellationToken cancellation) =>
        RunAsync(["exec", "-n", scope, pod, "--", "sh", "-c", script], input: null, cancellation);

    /// <summary>Merges a patch into the status of a Node.</summary>
    /// <remarks>Debian's kubectl knows no subresources.</remarks>
    public async Task PatchNodeStatusAsync(string node, JsonNode patch, CancellationToken cancellation)
    {
        using var client = ControlPlaneFixture.ClientFor(kubeconfig);
        await client.CoreV1.PatchNodeStatusAsync(new V1Patch(patch.ToJsonString(), V1Patch.PatchType.MergePatch), node, cancellationToken: cancellation);
    }
}
