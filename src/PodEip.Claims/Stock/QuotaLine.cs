namespace PodEip.Claims.Stock;

/// <summary>One quota of the account in this region.</summary>
/// <param name="Id">The cloud's name of it, such as TOTAL_EIP_QUOTA.</param>
/// <param name="Used">Used up, as last read and counted on since.</param>
/// <param name="Limit">Allowed.</param>
public sealed record QuotaLine(string Id, int Used, int Limit)
{
    /// <summary>What is left of it.</summary>
    public int Left => Math.Max(0, Limit - Used);
}
