using PodEip.Claims.Stock;
using PodEip.Cloud.Addresses;

namespace PodEip.Controller.Addresses;

/// <summary>
/// The account's quotas as last read, with our own purchases since counted in. Others buy from the same quotas, so it is an
/// estimate: the cloud's refusals count too. Not thread-safe: the core's lock guards it.
/// </summary>
/// <param name="refresh">How often they are read while claims wait for one; twice that for the day's and when nobody waits.</param>
internal sealed class QuotaBook(TimeSpan refresh)
{
    /// <summary>Reads for a reason (a refusal, an address freed) are no closer together than this.</summary>
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(2);

    private readonly Dictionary<QuotaPool, int> _bought = [];
    private readonly Dictionary<QuotaPool, int> _boughtMeanwhile = [];
    private bool _reading;
    private DateTimeOffset _lastRead = DateTimeOffset.MinValue;

    /// <summary>It was read, or can't be: nothing is gained by waiting for the first read any longer.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>As last read, for the metric; empty while they can't be read.</summary>
    public IReadOnlyList<AddressQuota> Lines { get; private set; } = [];

    /// <summary>When they are read next.</summary>
    public DateTimeOffset NextRead { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>When a read is due; null while one is under way.</summary>
    public DateTimeOffset? NextDue => _reading ? null : NextRead;

    /// <summary>What is left of a pool.</summary>
    public QuotaRoom Room(QuotaPool pool) => pool is QuotaPool.SingleLine
        ? new QuotaRoom(Line(AddressQuota.SingleLine, pool), Line(AddressQuota.DailySingleLine, pool))
        : new QuotaRoom(Line(AddressQuota.Total, pool), Line(AddressQuota.DailyPurchases, pool));

    /// <summary>Nothing was bought since the last read: what it says is what is.</summary>
    public bool IsExact(QuotaPool pool) => _bought.GetValueOrDefault(pool) == 0;

    /// <summary>True when they are to be read now.</summary>
    public bool TakeDue(DateTimeOffset now)
    {
        if (_reading || now < NextRead)
        {
            return false;
        }

        _boughtMeanwhile.Clear();
        return _reading = true;
    }

    /// <summary>They were read.</summary>
    /// <param name="lines">What was read.</param>
    /// <param name="isWaiting">Claims wait for one.</param>
    /// <param name="now">The time.</param>
    /// <returns>Pools that have more room than was known.</returns>
    public IReadOnlyList<QuotaPool> OnRead(IReadOnlyList<AddressQuota> lines, bool isWaiting, DateTimeOffset now)
    {
        var before = Enum.GetValues<QuotaPool>().ToDictionary(pool => pool, pool => Lines.Count == 0 ? 0 : Room(pool).Left);
        _bought.Clear();
        foreach (var (pool, count) in _boughtMeanwhile)
        {
            _bought[pool] = count;
        }

        (Lines, IsSettled, _reading, _lastRead, FreedSince) = (lines, true, false, now, 0);
        var isHeldFull = Enum.GetValues<QuotaPool>().Any(pool => Room(pool).IsHeldFull);
        NextRead = now + (isWaiting && isHeldFull ? refresh : refresh * 2);
        return [.. before.Where(b => Room(b.Key).Left > b.Value).Select(b => b.Key)];
    }

    /// <summary>Addresses given back that the last read still counted.</summary>
    public int FreedSince { get; private set; }

    /// <summary>An address was given back.</summary>
    public void OnFreed() => FreedSince++;

    /// <summary>They could not be read: only the cloud's refusals count.</summary>
    /// <param name="retryAt">When it is tried again.</param>
    /// <param name="isDenied">The permission is missing: what was read before grows old unseen.</param>
    public void OnFailed(DateTimeOffset retryAt, bool isDenied)
    {
        (IsSettled, _reading, NextRead) = (true, false, retryAt);
        if (isDenied)
        {
            Lines = [];
        }
    }

    /// <summary>Addresses were bought.</summary>
    public void OnBought(QuotaPool pool, int count)
    {
        _bought[pool] = _bought.GetValueOrDefault(pool) + count;
        _boughtMeanwhile[pool] = _boughtMeanwhile.GetValueOrDefault(pool) + count;
    }

    /// <summary>What was read may be wrong by now.</summary>
    /// <returns>True when they are read sooner for it.</returns>
    public bool WantSoon(DateTimeOffset now)
    {
        // Before the first read went well there is nothing to put right: its own pace goes on.
        if (Lines.Count == 0)
        {
            return false;
        }

        var soon = _lastRead + Spacing > now ? _lastRead + Spacing : now;
        if (NextRead <= soon)
        {
            return false;
        }

        NextRead = soon;
        return true;
    }

    private QuotaLine? Line(string id, QuotaPool pool) => Lines.FirstOrDefault(line => string.Equals(line.Id, id, StringComparison.Ordinal)) is { } line
        ? new QuotaLine(id, line.Current + _bought.GetValueOrDefault(pool), line.Limit)
        : null;
}
