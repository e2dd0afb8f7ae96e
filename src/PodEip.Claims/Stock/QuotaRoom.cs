using PodEip.Api;

namespace PodEip.Claims.Stock;

/// <summary>How many more addresses may be bought from one pool; a quota that is not known bounds nothing.</summary>
/// <param name="Total">How many may be held.</param>
/// <param name="Daily">How many may be bought a day.</param>
public sealed record QuotaRoom(QuotaLine? Total, QuotaLine? Daily)
{
    /// <summary>Nothing is known: the cloud's refusals are what counts.</summary>
    public static QuotaRoom Unknown { get; } = new(null, null);

    /// <summary>How many may be bought.</summary>
    public int Left => Math.Min(Total?.Left ?? int.MaxValue, Daily?.Left ?? int.MaxValue);

    /// <summary>Nothing may be bought.</summary>
    public bool IsFull => Left == 0;

    /// <summary>Giving an address back would make room: the number held is what bounds.</summary>
    public bool IsHeldFull => Total is { Left: 0 } && Daily is not { Left: 0 };

    /// <summary>Condition reason and words for the quota that is used up; the day's, when both are, since only a new day helps then.</summary>
    public (string Reason, string Message) Explain()
    {
        var total = Total is { Left: 0 } t ? $"{t.Id} is used up: {t.Used} of {t.Limit} addresses are held in this account and region" : null;
        return Daily is { Left: 0 } daily
            ? (Reasons.DailyQuotaExceeded, $"{daily.Id} is used up: {daily.Used} of {daily.Limit} purchases of the day are made" + (total is null ? "" : $"; {total}"))
            : (Reasons.QuotaExceeded, total ?? "the quota is used up");
    }
}
