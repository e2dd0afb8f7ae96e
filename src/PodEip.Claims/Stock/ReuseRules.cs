namespace PodEip.Claims.Stock;

/// <summary>How freed addresses serve again (<c>--reuse</c>).</summary>
/// <param name="Cooldown">How long a freed address rests, so that nobody who still talks to its last Pod reaches the next.</param>
/// <param name="MostIdle">How many that no claim waits for are kept.</param>
/// <param name="LongestIdle">How long one is kept.</param>
public sealed record ReuseRules(TimeSpan Cooldown, int MostIdle, TimeSpan LongestIdle)
{
    /// <summary>Picks the freed addresses that are not kept, and those that must make room.</summary>
    /// <param name="freed">Freed addresses that may serve again, the oldest first.</param>
    /// <param name="wanted">Claims that wait and have no other address in sight, by hash; what is kept for them is taken off.</param>
    /// <param name="room">How many addresses must be given back so that others can be bought, by pool.</param>
    /// <param name="now">The time.</param>
    internal IEnumerable<StockAddress> Surplus(
        IEnumerable<StockAddress> freed, Dictionary<string, int> wanted, IReadOnlyDictionary<QuotaPool, int> room, DateTimeOffset now)
    {
        var lacking = new Dictionary<QuotaPool, int>(room);
        var spare = new List<StockAddress>();
        foreach (var address in freed)
        {
            if (wanted.GetValueOrDefault(address.AttributeHash!) > 0)
            {
                // It serves a claim now, or when it has cooled down: sooner than a purchase that the quota forbids.
                wanted[address.AttributeHash!]--;
                lacking[address.Pool] = lacking.GetValueOrDefault(address.Pool) - 1;
                continue;
            }

            spare.Add(address);
        }

        var tooMany = spare.Count - MostIdle;
        foreach (var address in spare)
        {
            if (tooMany-- > 0 || now - address.Since >= LongestIdle || lacking.GetValueOrDefault(address.Pool) > 0)
            {
                lacking[address.Pool] = lacking.GetValueOrDefault(address.Pool) - 1;
                yield return address;
            }
        }
    }
}
