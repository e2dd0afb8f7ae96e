namespace PodEip.Cloud.Addresses;

/// <summary>One quota of the account in this region.</summary>
/// <param name="Id">TOTAL_EIP_QUOTA, DAILY_EIP_APPLY …</param>
/// <param name="Current">Used.</param>
/// <param name="Limit">Allowed.</param>
public sealed record AddressQuota(string Id, int Current, int Limit)
{
    /// <summary>Addresses the account may hold in the region.</summary>
    public const string Total = "TOTAL_EIP_QUOTA";

    /// <summary>Purchases per day.</summary>
    public const string DailyPurchases = "DAILY_EIP_APPLY";

    /// <summary>Static single-line addresses the account may hold in the region.</summary>
    public const string SingleLine = "SINGLEISP_EIP_QUOTA";

    /// <summary>Purchases of static single-line addresses per day.</summary>
    public const string DailySingleLine = "DAILY_SINGLEISP_APPLY";
}
