namespace PodEip.Claims.Stock;

/// <summary>An own address that no claim refers to and that is not marked fixed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AttributeHash">Hash of what it was bought as; null when its name does not say.</param>
/// <param name="WasUsed">Some claim had it: without reuse it is given back, never handed on.</param>
/// <param name="IsUnbound">Free to be given back now.</param>
/// <param name="Since">Since when nobody refers to it.</param>
/// <param name="ReleaseGroup">Only addresses of one group may share a release call (charge type and address type).</param>
public sealed record StockAddress(string Id, string? AttributeHash, bool WasUsed, bool IsUnbound, DateTimeOffset Since, string ReleaseGroup)
{
    /// <summary>It had a user, and may serve another: now, or when it has cooled down.</summary>
    public bool MayServeAgain { get; init; }

    /// <summary>The quota it counts against.</summary>
    public QuotaPool Pool { get; init; }
}
