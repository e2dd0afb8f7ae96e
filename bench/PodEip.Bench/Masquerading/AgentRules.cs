using PodEip.Agent.Masquerade;
using PodEip.Agent.Nft;

namespace PodEip.Bench.Masquerading;

/// <summary>The agent's own: its planner, its words, its keeper. As a guard it stands beside a table that translates everything.</summary>
internal sealed class AgentRules(Node node, MasqueradeRole role) : IWay
{
    private const string Other = "table ip other { chain postrouting { type nat hook postrouting priority srcnat; policy accept; masquerade fully-random; }; }\n";

    private readonly TimedNftables _kernel = new(new NftProgram(node.Commands));
    private readonly RuleSetBuilder _builder = new(new RuleSettings());
    private readonly HashSet<uint> _entries = [];
    private RuleKeeper? _keeper;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (role is MasqueradeRole.Except)
            await node.NftAsync(Other, cancellationToken);
    }

    public Task<TimeSpan> ApplyAsync(IReadOnlyList<uint> entries, CancellationToken cancellationToken)
    {
        _entries.UnionWith(entries);
        _keeper = new RuleKeeper(_kernel);
        return KeepAsync(RuleChange.Whole, cancellationToken);
    }

    public Task<TimeSpan> AddAsync(uint entry, CancellationToken cancellationToken)
    {
        _entries.Add(entry);
        return KeepAsync(RuleChange.Elements, cancellationToken);
    }

    public Task<TimeSpan> RemoveAsync(uint entry, CancellationToken cancellationToken)
    {
        _entries.Remove(entry);
        return KeepAsync(RuleChange.Elements, cancellationToken);
    }

    private async Task<TimeSpan> KeepAsync(RuleChange expected, CancellationToken cancellationToken)
    {
        try
        {
            var wanted = _builder.Build(new MasqueradeConfig(), _entries.Select(entry => new IpRange(IpFamily.V4, entry, entry)), role);
            var change = await _keeper!.ApplyAsync(wanted, cancellationToken);
            return change == expected ? _kernel.Last : throw new BenchException($"the agent's change was {change} and should have been {expected}");
        }
        catch (NftException e)
        {
            throw new BenchException(e.Message, e);
        }
    }
}
