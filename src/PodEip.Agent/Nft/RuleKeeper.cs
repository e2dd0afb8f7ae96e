using PodEip.Agent.Masquerade;

namespace PodEip.Agent.Nft;

/// <summary>
/// Holds the kernel to the wanted rules. Each change is one transaction: of single addresses where nothing else differs, else of the whole. Nothing is
/// ever taken away before its successor is there, and nothing at all when this process ends. Not for use by several threads.
/// </summary>
/// <param name="nftables">The kernel.</param>
public sealed class RuleKeeper(INftables nftables)
{
    private readonly Dictionary<IpFamily, string> _shapes = [];
    private RuleSet? _held;

    /// <summary>Makes the kernel hold the rules. What an earlier process left is replaced, in the same transaction.</summary>
    /// <returns>What had to be done.</returns>
    /// <exception cref="NftException">It can't be done; the rules that were there stay.</exception>
    public async Task<RuleChange> ApplyAsync(RuleSet wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        if (_held is not null && _held.HasShapeOf(wanted))
        {
            var script = NftScript.Change(_held, wanted);
            if (script.Length == 0)
            {
                return RuleChange.None;
            }

            try
            {
                await nftables.ApplyAsync(script, cancellationToken);
                _held = wanted;
                return RuleChange.Elements;
            }
            catch (NftException)
            {
                // Somebody else changed the table, so that an address is there already, or no longer: the whole is put right.
                _held = null;
            }
        }

        await ReplaceAsync(wanted, cancellationToken);
        return RuleChange.Whole;
    }

    /// <summary>Compares what the kernel holds with what was last applied, and puts it right.</summary>
    /// <returns>What differed, for people; null when nothing did.</returns>
    /// <exception cref="NftException">The kernel can't be asked, or not be put right.</exception>
    public async Task<string?> ResyncAsync(CancellationToken cancellationToken)
    {
        if (_held is not { } wanted)
        {
            return null;
        }

        var difference = await DifferenceAsync(wanted, cancellationToken);
        if (difference is not null)
        {
            _held = null;
            await ReplaceAsync(wanted, cancellationToken);
        }

        return difference;
    }

    /// <summary>Deletes our tables.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="NftException">It can't be done.</exception>
    public async Task<int> RemoveAsync(CancellationToken cancellationToken)
    {
        var tables = await nftables.FindTablesAsync(cancellationToken);
        if (tables.Count > 0)
        {
            await nftables.ApplyAsync(NftScript.Remove(tables), cancellationToken);
        }

        _held = null;
        return tables.Count;
    }

    private async Task ReplaceAsync(RuleSet wanted, CancellationToken cancellationToken)
    {
        var tables = await nftables.FindTablesAsync(cancellationToken);
        var families = wanted.Tables.Select(table => table.Family).ToHashSet();
        await nftables.ApplyAsync(NftScript.Replace(wanted, tables.Except(families)), cancellationToken);
        _held = wanted;
        _shapes.Clear();
        foreach (var table in wanted.Tables)
        {
            if (await nftables.ListAsync(table.Family, cancellationToken) is { } seen && seen.Difference(table, shape: null) is null)
            {
                _shapes[table.Family] = seen.Shape;
            }
        }
    }

    private async Task<string?> DifferenceAsync(RuleSet wanted, CancellationToken cancellationToken)
    {
        foreach (var table in wanted.Tables)
        {
            var name = $"table {NftScript.Word(table.Family)} {NftScript.Table}";
            if (await nftables.ListAsync(table.Family, cancellationToken) is not { } seen)
            {
                return $"{name} is missing";
            }

            if (seen.Difference(table, _shapes.GetValueOrDefault(table.Family)) is { } difference)
            {
                return $"{name}: {difference}";
            }
        }

        var surplus = (await nftables.FindTablesAsync(cancellationToken)).Except(wanted.Tables.Select(table => table.Family)).ToList();
        return surplus.Count == 0 ? null : $"table {NftScript.Word(surplus[0])} {NftScript.Table} is there and should not be";
    }
}
