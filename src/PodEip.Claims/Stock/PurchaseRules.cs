using PodEip.Api.Demands;

namespace PodEip.Claims.Stock;

/// <summary>When and how much is bought.</summary>
public static class PurchaseRules
{
    /// <summary>Most addresses a call; the cloud documents no bound, the retired API had 5, practice 10.</summary>
    public const int MostPerCall = 10;

    /// <summary>A need smaller than a full call waits for company until nobody came for this long.</summary>
    public static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(300);

    /// <summary>Or for this long in all. A Pod's private IP takes seconds too, so this costs no time.</summary>
    public static readonly TimeSpan LongestGather = TimeSpan.FromSeconds(1);

    /// <summary>How many to buy now; 0 when nothing is missing, company may still come, or the quota leaves nothing.</summary>
    /// <param name="need">What is wanted.</param>
    /// <param name="mostPerCall">The bound in force: halved by a quota error.</param>
    /// <param name="now">The time.</param>
    public static int CountNow(PurchaseNeed need, int mostPerCall, DateTimeOffset now)
    {
        // A prepaid address is an order of its own.
        var most = IsPrepaid(need.Attributes) ? 1 : Math.Clamp(mostPerCall, 1, MostPerCall);
        if (need.Allowed >= most)
        {
            return most;
        }

        return need.Allowed > 0 && now >= GatheredAt(need.WaitingSince, need.JoinedAt) ? need.Allowed : 0;
    }

    /// <summary>When a small need has waited for company long enough.</summary>
    /// <param name="since">Since when it waits.</param>
    /// <param name="joinedAt">When the last one came.</param>
    public static DateTimeOffset GatheredAt(DateTimeOffset since, DateTimeOffset joinedAt) =>
        joinedAt + Gather < since + LongestGather ? joinedAt + Gather : since + LongestGather;

    /// <summary>True for attributes paid for by the month.</summary>
    public static bool IsPrepaid(AddressAttributes attributes) =>
        string.Equals(attributes.InternetChargeType, AddressAttributes.PrepaidChargeType, StringComparison.Ordinal);
}
