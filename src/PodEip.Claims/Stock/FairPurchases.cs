using PodEip.Api;

namespace PodEip.Claims.Stock;

/// <summary>What to buy when the quota is smaller than the need: for those whose turn it is, whatever kind they want.</summary>
public static class FairPurchases
{
    /// <summary>How many of each kind may be bought.</summary>
    /// <param name="line">The claims nothing is set aside for, in the order in which they are served.</param>
    /// <param name="kindOf">The kind a claim waits for; null for one that can't be bought for at present.</param>
    /// <param name="onItsWay">Addresses of each kind that are being bought already, or are free.</param>
    /// <param name="room">How many more may be bought.</param>
    public static IReadOnlyDictionary<string, int> Share(
        IEnumerable<ClaimKey> line, Func<ClaimKey, string?> kindOf, IReadOnlyDictionary<string, int> onItsWay, int room)
    {
        var shares = new Dictionary<string, int>(StringComparer.Ordinal);
        var coming = new Dictionary<string, int>(onItsWay, StringComparer.Ordinal);
        foreach (var key in room > 0 ? line : [])
        {
            if (kindOf(key) is not { } kind)
            {
                continue;
            }

            if (coming.GetValueOrDefault(kind) > 0)
            {
                coming[kind]--;
                continue;
            }

            shares[kind] = shares.GetValueOrDefault(kind) + 1;
            if (--room == 0)
            {
                break;
            }
        }

        return shares;
    }
}
