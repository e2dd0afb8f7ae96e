namespace PodEip.Agent.Nft;

/// <summary>Looks for the chain of another ip-masq-agent, such as TKE installs, in iptables of either kind.</summary>
/// <param name="commands">Runs the programs.</param>
public sealed class StockAgent(Commands commands)
{
    /// <summary>The chain's name in all of its versions.</summary>
    public const string Chain = "IP-MASQ-AGENT";

    private const string LegacyTables = "/proc/net/ip_tables_names";

    /// <summary>Which iptables holds its chain: <c>iptables-nft</c> or <c>iptables-legacy</c>; null when none does.</summary>
    /// <exception cref="NftException">The kernel can't be asked.</exception>
    public async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        var nft = await commands.RunAsync("nft", ["list", "chain", "ip", "nat", Chain], input: null, cancellationToken);
        if (nft.ExitCode == 0)
        {
            return "iptables-nft";
        }

        if (!nft.IsAbsent)
        {
            throw new NftException($"nft could not look for chain {Chain}: {nft.Reason}");
        }

        // Asking iptables-legacy would make the kernel load its tables where nothing uses them: this file says whether something does.
        var tables = commands.IsOurNamespace ? await ReadTablesAsync(cancellationToken) : (await commands.RunAsync("cat", [LegacyTables], input: null, cancellationToken)).Output;
        return tables.Split('\n').Contains("nat", StringComparer.Ordinal) && await IsInLegacyAsync(cancellationToken) ? "iptables-legacy" : null;
    }

    // No program: the agent's image has none but nft.
    private static async Task<string> ReadTablesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(LegacyTables, cancellationToken);
        }
        catch (IOException)
        {
            // The kernel has no iptables-legacy.
            return "";
        }
    }

    private async Task<bool> IsInLegacyAsync(CancellationToken cancellationToken)
    {
        if (commands.IsOurNamespace)
        {
            return LegacyTable.HasChain("nat", Chain);
        }

        var legacy = await commands.RunAsync("iptables-legacy", ["-w", "5", "-t", "nat", "-S", Chain], input: null, cancellationToken);
        return legacy.ExitCode == 0
            || (legacy.Error.Contains("No chain", StringComparison.Ordinal) ? false : throw new NftException($"iptables-legacy could not look for chain {Chain}: {legacy.Reason}"));
    }
}
