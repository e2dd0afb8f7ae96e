namespace PodEip.Bench.Cases;

/// <summary>The list of cases, in the order in which all of them run.</summary>
internal static class BenchCases
{
    public static IReadOnlyList<IBenchCase> All { get; } =
    [
        new BindCase(), new PeersCase(), new CallsCase(), new ThroughputCase(), new StormCase(),
        // These share a cluster, in this order: the last one leaves other Pods in it.
        new OverheadCase(), new RestartCase(), new MemoryCase(),
        new AgentCase(), new StartCase(),
    ];
}
