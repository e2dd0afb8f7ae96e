namespace PodEip.Bench.Masquerading;

/// <summary>One way to do it with one number of sources, on a network of its own.</summary>
internal sealed class Bed : IAsyncDisposable
{
    // Beside the sources of the list.
    private const uint Extra = 0x0a4e0000;
    private const uint First = 0x0a500000;

    private readonly Wire _wire;
    private readonly IWay _way;
    private readonly string _name;
    private readonly int _size;

    private Bed(Wire wire, IWay way, string name, int size) => (_wire, _way, _name, _size) = (wire, way, name, size);

    private string Column => AgentReport.Column(_size);

    /// <summary>Makes the network; the rules are not there yet.</summary>
    public static async Task<Bed> CreateAsync(int number, string name, Func<Node, IWay> on, int size, CancellationToken cancellationToken)
    {
        var wire = await Wire.CreateAsync(number, cancellationToken);
        var way = on(wire.Node);
        await way.PrepareAsync(cancellationToken);
        return new Bed(wire, way, name, size);
    }

    public async Task ApplyAsync(AgentSamples seen, CancellationToken cancellationToken) =>
        seen.Of(AgentReport.Apply, _name, Column).Add((await _way.ApplyAsync(Sources(), cancellationToken)).TotalMilliseconds);

    public async Task ChangeAsync(AgentSamples seen, CancellationToken cancellationToken)
    {
        seen.Of(AgentReport.Change, AgentReport.Nothing, Column).Add((await _wire.Node.NftAsync("\n", cancellationToken)).TotalMilliseconds);
        seen.Of(AgentReport.Change, AgentReport.More(_name), Column).Add((await _way.AddAsync(Extra, cancellationToken)).TotalMilliseconds);
        seen.Of(AgentReport.Change, AgentReport.Less(_name), Column).Add((await _way.RemoveAsync(Extra, cancellationToken)).TotalMilliseconds);
    }

    public async Task ConnectAsync(AgentSamples seen, int count) =>
        seen.Of(AgentReport.Connection, _name, Column).AddRange(await _wire.ConnectAsync(count, isListed: _size > 0));

    public async Task FloodAsync(AgentSamples seen, int count) => seen.Of(AgentReport.Packet, _name, Column).Add(await _wire.FloodAsync(count));

    /// <summary>Applies the rules.</summary>
    /// <returns>How many transactions the kernel took for it.</returns>
    public Task<int> CountTransactionsAsync(CancellationToken cancellationToken) =>
        Transactions.CountAsync(_wire.Node, () => _way.ApplyAsync(Sources(), cancellationToken), cancellationToken);

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    /// <summary>The one that the packets have is at the end: a chain's worst place, though only twice its average.</summary>
    private List<uint> Sources() => _size == 0 ? [] : [.. Enumerable.Range(0, _size - 1).Select(i => First + (uint)i), Wire.Listed];
}
