using PodEip.Agent.Masquerade;
using PodEip.Bench.Masquerading;
using PodEip.Bench.Results;

namespace PodEip.Bench.Cases;

/// <summary>
/// The node agent's rules with 1, 100 and 10,000 sources, and the same list as one rule for each source. The sizes of one way stand side by side and
/// are measured in turns, so that what the machine does besides hits all alike.
/// </summary>
internal sealed class AgentCase : IBenchCase
{
    private const int Connections = 100;
    private const int Packets = 200;
    private const int Floods = 3;

    private static readonly (string Name, bool IsOurs, Func<Node, IWay> On)[] Ways =
    [
        ("our set", true, node => new AgentRules(node, MasqueradeRole.Full)),
        ("our map, as a guard", true, node => new AgentRules(node, MasqueradeRole.Except)),
        ("nft chain", false, node => new RuleChain(node)),
        (AgentReport.Stock, false, node => new IptablesChain(node, "iptables-nft")),
        ("iptables-legacy chain", false, node => new IptablesChain(node, "iptables-legacy")),
    ];

    private int _networks;

    public string Name => "agent";

    public string Measures => "the node agent's rules: applying them, one source more, what packets pay";

    public CaseSize Size { get; } = new("sources", 10_000, 200, 50_000);

    public IReadOnlyList<string> Needs => ["room", "net"];

    public string? Obstacle() => NoRoom();

    /// <summary>Why no networks can be made here; null when they can.</summary>
    public static string? NoRoom() => !Environment.IsPrivilegedProcess ? "network namespaces need root"
        : Environment.GetEnvironmentVariable("PODEIP_ROOM") is null or "" ? "it makes networks, so it wants a room of its own: make bench, or hack/room"
        : null;

    public async Task<CaseTable> RunAsync(BenchOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        var effort = options.Quick ? new Effort(Rounds: 3, Changes: 4, Turns: 4) : new Effort(Rounds: 7, Changes: 6, Turns: 10);
        int[] sizes = [1, 100, options.Size ?? Size.Default];
        var seen = new AgentSamples();
        // The first connections of a process are slow.
        await RoundAsync(new AgentSamples(), Ways[0].Name, Ways[0].On, [1], effort, cancellationToken);
        for (var i = 1; i <= effort.Rounds; i++)
        {
            tell($"round {i} of {effort.Rounds}");
            var round = new AgentSamples();
            foreach (var way in Ways)
                await RoundAsync(round, way.Name, way.On, sizes, effort, cancellationToken);
            seen.Add(round, AgentReport.Column(sizes[0]), AgentReport.Column(sizes[^1]));
        }

        tell("counting transactions");
        var transactions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var way in Ways.Where(way => way.IsOurs))
        {
            await using var bed = await Bed.CreateAsync(_networks++, way.Name, way.On, sizes[^1], cancellationToken);
            transactions[way.Name] = await bed.CountTransactionsAsync(cancellationToken);
        }

        return new AgentReport(seen, sizes, transactions) { Ways = [.. Ways.Select(way => (way.Name, way.IsOurs))] }.Table();
    }

    private async Task RoundAsync(AgentSamples seen, string name, Func<Node, IWay> on, IEnumerable<int> sizes, Effort effort, CancellationToken cancellationToken)
    {
        var beds = new List<Bed>();
        try
        {
            foreach (var size in sizes)
            {
                beds.Add(await Bed.CreateAsync(_networks++, name, on, size, cancellationToken));
                await beds[^1].ApplyAsync(seen, cancellationToken);
            }

            for (var i = 0; i < effort.Changes; i++)
            {
                foreach (var bed in beds)
                    await bed.ChangeAsync(seen, cancellationToken);
            }

            await using var noList = await Bed.CreateAsync(_networks++, AgentReport.NoList, node => new RuleChain(node), size: 0, cancellationToken);
            await noList.ApplyAsync(new AgentSamples(), cancellationToken);
            for (var i = 0; i < effort.Turns; i++)
            {
                foreach (var bed in beds.Append(noList))
                    await bed.ConnectAsync(seen, Connections);
                for (var flood = 0; flood < Floods; flood++)
                {
                    foreach (var bed in beds.Append(noList))
                        await bed.FloodAsync(seen, Packets);
                }
            }
        }
        finally
        {
            foreach (var bed in beds)
                await bed.DisposeAsync();
        }
    }

    /// <summary>How much is measured.</summary>
    /// <param name="Rounds">How often all of it.</param>
    /// <param name="Changes">How many sources come and go in a round.</param>
    /// <param name="Turns">How many lots of connections and packets are sent in a round.</param>
    private sealed record Effort(int Rounds, int Changes, int Turns);
}
