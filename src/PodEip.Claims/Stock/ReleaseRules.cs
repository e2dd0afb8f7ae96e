namespace PodEip.Claims.Stock;

/// <summary>Which stock is given back.</summary>
public static class ReleaseRules
{
    /// <summary>Most addresses a call; the cloud documents no bound.</summary>
    public const int MostPerCall = 10;

    /// <summary>Picks the stock to give back now.</summary>
    /// <param name="stock">All stock.</param>
    /// <param name="waitingByHash">Claims that wait, by the hash of what they wait for.</param>
    /// <param name="surplusGrace">How long fresh stock nobody waits for is kept: at least the longest purchase attempt.</param>
    /// <param name="now">The time.</param>
    /// <param name="reuse">How freed addresses serve again; null when they don't.</param>
    /// <param name="room">How many of each pool must be given back so that others can be bought.</param>
    public static IReadOnlyList<StockAddress> Pick(
        IReadOnlyList<StockAddress> stock, IReadOnlyDictionary<string, int> waitingByHash, TimeSpan surplusGrace, DateTimeOffset now,
        ReuseRules? reuse = null, IReadOnlyDictionary<QuotaPool, int>? room = null)
    {
        var wanted = new Dictionary<string, int>(waitingByHash, StringComparer.Ordinal);
        var picked = new List<StockAddress>();
        var freed = new List<StockAddress>();
        foreach (var address in stock)
        {
            if (!address.IsUnbound)
            {
                continue;
            }

            if (reuse is not null && address is { MayServeAgain: true, AttributeHash: not null })
            {
                freed.Add(address);
                continue;
            }

            if (!address.WasUsed)
            {
                if (address.AttributeHash is { } hash && wanted.GetValueOrDefault(hash) > 0)
                {
                    wanted[hash]--;
                    continue;
                }

                if (now - address.Since < surplusGrace)
                {
                    continue;
                }
            }

            picked.Add(address);
        }

        if (reuse is not null)
        {
            picked.AddRange(reuse.Surplus(freed, wanted, room ?? new Dictionary<QuotaPool, int>(), now));
        }

        return picked;
    }
}
