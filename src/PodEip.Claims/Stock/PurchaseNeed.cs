using PodEip.Api.Demands;

namespace PodEip.Claims.Stock;

/// <summary>How many addresses of one kind are wanted and on their way.</summary>
/// <param name="Attributes">The kind.</param>
/// <param name="Waiting">Claims that wait for one.</param>
/// <param name="WaitingSince">Since when the first of them waits, or since the last purchase for them.</param>
/// <param name="InStock">Fresh addresses of that kind that nobody has, those being created included.</param>
/// <param name="Unresolved">Addresses of purchases that have no clear answer yet.</param>
public sealed record PurchaseNeed(AddressAttributes Attributes, int Waiting, DateTimeOffset WaitingSince, int InStock, int Unresolved)
{
    /// <summary>What is missing. Never more than waiting − stock − unresolved (I6).</summary>
    public int Missing => Math.Max(0, Waiting - InStock - Unresolved);

    /// <summary>When the last of them came.</summary>
    public DateTimeOffset JoinedAt { get; init; } = WaitingSince;

    /// <summary>This kind's share of what the quota leaves.</summary>
    public int Room { get; init; } = int.MaxValue;

    /// <summary>What may be bought of what is missing.</summary>
    public int Allowed => Math.Min(Missing, Room);
}
