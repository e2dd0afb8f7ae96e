namespace PodEip.Bench.Cases;

/// <summary>The list of cases, in the order in which all of them run.</summary>
internal static class BenchCases
{
    public static IReadOnlyList<IBenchCase> All { get; } =
    [
        new BindCase(), new PeersCase(), new CallsCase(), new OverheadCase(), new ThroughputCase(), new MemoryCase(), new RestartCase(), new StormCase(), new AgentCase(), new StartCase(),
    ];
}
