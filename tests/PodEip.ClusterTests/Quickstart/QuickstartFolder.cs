using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Api.Resources;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;
using PodEip.TestKit.Processes;
using Xunit;

namespace PodEip.ClusterTests.Quickstart;

/// <summary>A quickstart in a folder of its own, driven by the same commands that the Makefile calls. Disposing brings it down, whatever happened.</summary>
internal sealed class QuickstartFolder : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    private readonly string? _kubeconfig;
    private readonly string? _context;

    /// <summary>A new folder.</summary>
    /// <param name="kubeconfig">What KUBECONFIG names, for a run in a context; null for a local control plane.</param>
    /// <param name="context">The context.</param>
    public QuickstartFolder(string? kubeconfig = null, string? context = null)
    {
        (_kubeconfig, _context) = (kubeconfig, context);
        Folder = Path.Combine(Directory.CreateTempSubdirectory("podeip-quickstart-").FullName, "state");
    }

    /// <summary>Its state folder.</summary>
    public string Folder { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Runs <c>podeip-dev quickstart</c>; fails the test with all output if it fails.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> UpAsync() => RunAsync("quickstart", "--no-build", "--wait", "300");

    /// <summary>Runs <c>podeip-dev quickstart-down</c>.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> DownAsync() => RunAsync("quickstart-down");

    /// <summary>The processes that its state names, by part.</summary>
    public IReadOnlyDictionary<string, int> Pids()
    {
        using var state = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "state.json")));
        return new[] { "cloud", "controller" }.ToDictionary(part => part, part => state.RootElement.GetProperty(part).GetProperty("process").GetProperty("pid").GetInt32());
    }

    /// <summary>The key that its controller signs with.</summary>
    public string SecretKey()
    {
        using var key = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "key.json")));
        return key.RootElement.GetProperty("secretKey").GetString()!;
    }

    /// <summary>Processes of this machine whose command line names the folder, the commands that we ran ourselves left out.</summary>
    public IReadOnlyList<string> Processes() =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(entry => int.TryParse(Path.GetFileName(entry), out _)).Select(CommandLine).Where(line => line.Contains(Folder, StringComparison.Ordinal) && !line.Contains("podeip-dev.dll", StringComparison.Ordinal)),
    ];

    /// <summary>The kubeconfig to look with.</summary>
    public string Kubeconfig => _kubeconfig ?? Path.Combine(Folder, "kubeconfig");

    /// <summary>Lists claims.</summary>
    public Task<IReadOnlyList<EipClaim>> ClaimsAsync() => ListAsync(ResourcePath.Group("podeip.io", "v1", "eipclaims"), EipClaimJson.Default.EipClaim);

    /// <summary>Lists objects of any kind, with their metadata only.</summary>
    public Task<IReadOnlyList<PartialObject>> ListAsync(string path) => ListAsync(path, KubernetesJsonContext.Default.PartialObject);

    /// <summary>Deletes an object.</summary>
    public async Task DeleteAsync(string path)
    {
        using var connection = KubeConnection.Create(Kubeconfig, _context);
        Assert.True(await ApiOf(connection).DeleteAsync(path, preconditions: null, propagation: null, Cancellation));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var down = new CancellationTokenSource(Limit, TimeProvider.System);
        // Not the test's own token: a test that is cut short must leave nothing either.
        await using var command = Start(["quickstart-down"]);
        await command.ExitCodeAsync(Limit, down.Token);
        var parent = Path.GetDirectoryName(Folder)!;
        if (Directory.Exists(parent))
            Directory.Delete(parent, recursive: true);
    }

    private async Task<IReadOnlyList<T>> ListAsync<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        using var connection = KubeConnection.Create(Kubeconfig, _context);
        return (await ApiOf(connection).ListAsync(path, type, options: null, Cancellation)).Items;
    }

    private static KubeApi ApiOf(KubeConnection connection) => new(connection, TimeProvider.System, NullLogger.Instance);

    private async Task<string> RunAsync(params string[] arguments)
    {
        await using var command = Start(arguments);
        var code = await command.ExitCodeAsync(Limit, Cancellation);
        Assert.True(code == 0, $"{arguments[0]} ended with exit code {code}:\n{command.Output}");
        return command.Output;
    }

    private ProcessUnderTest Start(string[] arguments) => ProcessUnderTest.Start(
        "podeip-dev",
        [.. arguments, "--state", Folder, .. _context is null ? (string[])[] : ["--cluster", _context]],
        new Dictionary<string, string?> { ["KUBECONFIG"] = _kubeconfig, ["NO_COLOR"] = "1" });

    private static string CommandLine(string entry)
    {
        try
        {
            return File.ReadAllText(Path.Combine(entry, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended while we looked, or is not ours.
            return "";
        }
    }
}
