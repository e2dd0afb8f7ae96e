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
    public static IReadOnlyList<StockAddress> Pick(
        IReadOnlyList<StockAddress> stock, IReadOnlyDictionary<string, int> waitingByHash, TimeSpan surplusGrace, DateTimeOffset now)
    {
        var wanted = new Dictionary<string, int>(waitingByHash, StringComparer.Ordinal);
        var picked = new List<StockAddress>();
        foreach (var address in stock)
        {
            if (!address.IsUnbound)
            {
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

        return picked;
    }
}
