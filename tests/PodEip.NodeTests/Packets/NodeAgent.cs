using PodEip.NodeTests.Hosts;
using PodEip.NodeTests.Monitoring;
using PodEip.TestKit.Processes;

namespace PodEip.NodeTests.Packets;

/// <summary>Our agent on a node, as its DaemonSet runs it: in the node's network.</summary>
internal sealed class NodeAgent : IAsyncDisposable
{
    private readonly KubeNode _node;
    private readonly string _kubeconfig;
    private readonly ProcessUnderTest _process;

    private NodeAgent(KubeNode node, string kubeconfig, ProcessUnderTest process) => (_node, _kubeconfig, _process) = (node, kubeconfig, process);

    /// <summary>Host and port of its metrics.</summary>
    public string Metrics { get; private set; } = "";

    /// <summary>Starts it and waits until it serves its health.</summary>
    public static async Task<NodeAgent> StartAsync(KubeNode node, string kubeconfig, string role, CancellationToken cancellation)
    {
        var process = Run(node, kubeconfig, ["--masquerade", role, "--listen", $"{node.Shape.Ip}:0"]);
        var agent = new NodeAgent(node, kubeconfig, process);
        try
        {
            agent.Metrics = await Scrape.AddressAsync(process, cancellation);
            return agent;
        }
        catch
        {
            // Whoever asked for it has nothing to dispose of.
            await agent.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills it; its rules stay.</summary>
    public Task KillAsync(CancellationToken cancellation) => _process.KillAsync(cancellation);

    /// <summary>Runs it once more to delete its rules.</summary>
    public async Task CleanUpAsync(CancellationToken cancellation)
    {
        await using var cleaner = Run(_node, _kubeconfig, ["--cleanup"]);
        var code = await cleaner.ExitCodeAsync(cancellation: cancellation);
        if (code != 0)
            throw new InvalidOperationException($"podeip-agent --cleanup ended with {code}: {cleaner.Output}");
    }

    /// <summary>Ends it and deletes its rules.</summary>
    public async ValueTask DisposeAsync()
    {
        ProcessLogs.Keep(_process);
        await _process.DisposeAsync();
        await CleanUpAsync(CancellationToken.None);
    }

    private static ProcessUnderTest Run(KubeNode node, string kubeconfig, string[] flags) => node.Start(
        "podeip-agent", BuiltProgram.DotnetPath, [BuiltProgram.Find("podeip-agent"), "--node-name", node.Shape.Name, "--kubeconfig", kubeconfig, .. flags]);
}
