using System.Text.Json;
using PodEip.Agent.Masquerade;

namespace PodEip.Agent.Nft;

/// <summary>The kernel's nftables through the program <c>nft</c>.</summary>
/// <param name="commands">Runs it.</param>
public sealed class NftProgram(Commands commands) : INftables
{
    private const string Program = "nft";

    /// <inheritdoc/>
    public async Task ApplyAsync(string script, CancellationToken cancellationToken)
    {
        // Not cancellable: a transaction that was sent holds, whether its answer was read or not.
        var result = await commands.RunAsync(Program, ["-f", "-"], script, CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        if (result.ExitCode != 0)
        {
            throw new NftException($"nft refused the rules: {result.Reason}");
        }
    }

    /// <inheritdoc/>
    public async Task<KernelTable?> ListAsync(IpFamily family, CancellationToken cancellationToken)
    {
        var result = await commands.RunAsync(Program, ["-j", "list", "table", NftScript.Word(family), NftScript.Table], input: null, cancellationToken);
        if (result.IsAbsent)
        {
            return null;
        }

        return result.ExitCode == 0
            ? Read(result.Output, listing => KernelTable.Read(family, listing))
            : throw new NftException($"nft could not list table {NftScript.Word(family)} {NftScript.Table}: {result.Reason}");
    }

    /// <inheritdoc/>
    public async Task<IReadOnlySet<IpFamily>> FindTablesAsync(CancellationToken cancellationToken)
    {
        var result = await commands.RunAsync(Program, ["-j", "list", "tables"], input: null, cancellationToken);
        return result.ExitCode == 0
            ? Read(result.Output, OwnTables)
            : throw new NftException($"nft could not list the tables (the agent needs NET_ADMIN): {result.Reason}");
    }

    private static HashSet<IpFamily> OwnTables(JsonElement listing)
    {
        var families = new HashSet<IpFamily>();
        foreach (var entry in listing.EnumerateArray())
        {
            if (entry.TryGetProperty("table", out var table) && table.GetProperty("name").GetString() == NftScript.Table)
            {
                families.UnionWith(Enum.GetValues<IpFamily>().Where(family => NftScript.Word(family) == table.GetProperty("family").GetString()));
            }
        }

        return families;
    }

    private static T Read<T>(string output, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            return read(document.RootElement.GetProperty("nftables"));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new NftException($"nft's listing can't be read: {e.Message}", e);
        }
    }
}
