using PodEip.Dev.Processes;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Processes;
using Xunit;

namespace PodEip.Cli.Tests.Cluster;

/// <summary>Which cluster and namespace are meant, and a watch, with the program itself in an environment of its own.</summary>
public sealed class KubeconfigTests(ControlPlaneFixture planes)
{
    private const ulong InterruptBit = 1UL << ((int)Signal.Interrupt - 1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_of_KUBECONFIG_are_merged_and_context_and_namespace_are_chosen_as_kubectl_does()
    {
        using var space = await TestNamespace.OpenAsync(planes, "merged", Ct);
        await space.MakeBoundAsync("web-0", "a", Ct);
        var folder = Directory.CreateTempSubdirectory("podeip-cli-");
        try
        {
            // The first file says which context is current, the second has another one; users and cluster are of the last.
            var (first, second) = (Path.Combine(folder.FullName, "first"), Path.Combine(folder.FullName, "second"));
            var (cluster, user) = Names(await File.ReadAllTextAsync(space.Kubeconfig, Ct));
            await File.WriteAllTextAsync(first, Contexts(("empty", "default"), cluster, user) + "current-context: empty\n", Ct);
            await File.WriteAllTextAsync(second, Contexts(("shop", space.Name), cluster, user) + "current-context: shop\n", Ct);
            var list = string.Join(Path.PathSeparator, first, Path.Combine(folder.FullName, "missing"), second, space.Kubeconfig);

            Assert.Equal((0, "No claims found in namespace default."), await RunAsync(list, "list"));
            Assert.Equal((0, "eipclaim.podeip.io/web-0"), await RunAsync(list, "list", "-o", "name", "--context", "shop"));
            Assert.Equal((0, "eipclaim.podeip.io/web-0"), await RunAsync(list, "list", "-o", "name", "-n", space.Name));
            Assert.Equal((0, "No claims found in namespace default."), await RunAsync(list, "list", "--context", "shop", "-n", "default"));
            Assert.Equal((0, "eipclaim.podeip.io/web-0"), await RunAsync("/nonexistent", "list", "-o", "name", "--kubeconfig", list, "--context", "shop"));
            var (code, unknown) = await RunAsync(list, "list", "--context", "nobody");
            Assert.Equal(1, code);
            Assert.StartsWith("kubectl eip: ", unknown, StringComparison.Ordinal);
            Assert.Contains("has no context 'nobody'; it has: empty, shop", unknown, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_watch_shows_each_change_and_ends_well_with_Ctrl_C()
    {
        var status = await File.ReadAllLinesAsync("/proc/self/status", Ct);
        var ignored = Convert.ToUInt64(status.Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim(), 16);
        Assert.SkipWhen((ignored & InterruptBit) != 0, "SIGINT is ignored here and so in what is started from here, as by shells in what they run in the background");
        using var space = await TestNamespace.OpenAsync(planes, "watch", Ct);
        await space.MakeBoundAsync("web-0", "a", Ct);
        await using var watch = Start(space.Kubeconfig, "list", "--watch", "-n", space.Name);
        await watch.LineAsync(line => line.StartsWith("NAME ", StringComparison.Ordinal), "its heads", cancellation: Ct);
        await watch.LineAsync(line => line.StartsWith("web-0 ", StringComparison.Ordinal) && line.Contains("Bound", StringComparison.Ordinal), "what is there", cancellation: Ct);
        await space.StatusAsync("web-0", """{"status":{"phase":"Retained"}}""", Ct);
        await watch.LineAsync(line => line.StartsWith("web-0 ", StringComparison.Ordinal) && line.Contains("Retained", StringComparison.Ordinal), "the change", cancellation: Ct);
        await space.DeleteClaimAsync("web-0", Ct);
        await watch.LineAsync(line => line.StartsWith("web-0 ", StringComparison.Ordinal) && line.EndsWith("(gone)", StringComparison.Ordinal), "its end", cancellation: Ct);
        Assert.Equal(0, await watch.InterruptAsync(cancellation: Ct));
        Assert.DoesNotContain("kubectl eip: ", watch.Output, StringComparison.Ordinal);
    }

    private static ProcessUnderTest Start(string kubeconfig, params string[] args) => ProcessUnderTest.Start(
        "kubectl-eip", args, new Dictionary<string, string?> { ["KUBECONFIG"] = kubeconfig, ["HOME"] = "/nonexistent", ["PODEIP_ANNOTATION_PREFIX"] = null });

    private static async Task<(int Code, string Output)> RunAsync(string kubeconfig, params string[] args)
    {
        await using var process = Start(kubeconfig, args);
        return (await process.ExitCodeAsync(cancellation: Ct), process.Output.Trim());
    }

    /// <summary>Names of a kubeconfig's cluster and user.</summary>
    private static (string Cluster, string User) Names(string kubeconfig)
    {
        using var text = new StringReader(kubeconfig);
        var context = Planning.YamlDocuments.Read(text)[0]["contexts"]![0]!["context"]!;
        return ((string)context["cluster"]!, (string)context["user"]!);
    }

    private static string Contexts((string Name, string Namespace) context, string cluster, string user) => $$"""
        apiVersion: v1
        kind: Config
        contexts:
        - name: {{context.Name}}
          context: { cluster: {{cluster}}, user: {{user}}, namespace: {{context.Namespace}} }

        """;
}
