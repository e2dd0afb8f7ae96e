namespace PodEip.Controller.Addresses;

/// <summary>
/// When the next call of one action may be sent. Calls are spread evenly, since a burst at the edge of the cloud's window
/// is refused; a late wake-up may be made up for by two calls. A refusal for rate slows the pace, quiet restores it: quickly up to
/// where it was refused, and slowly from there, so that a limit that stays low is used nearly in full.
/// </summary>
/// <param name="perSecond">The full pace.</param>
public sealed class Pace(double perSecond)
{
    private const double SlowDown = 0.7;
    private const double SlowDownAtWall = 0.9;
    private const double SpeedUp = 1.1;
    private const double SpeedUpAtWall = 1.05;
    private const double Slowest = 0.05;
    private static readonly TimeSpan SlowDownAtMost = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuietBeforeRecovery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan QuietBeforeWall = TimeSpan.FromSeconds(10);

    private double _factor = 1;

    /// <summary>The factor at which a call was last refused: about there the cloud's limit is.</summary>
    private double _wall = double.PositiveInfinity;

    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private DateTimeOffset _slowedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _recoveredAt = DateTimeOffset.MinValue;

    /// <summary>The pace in force, calls a second.</summary>
    public double PerSecond => perSecond * _factor;

    /// <summary>When the next call may be sent.</summary>
    public DateTimeOffset NextAt => _next;

    /// <summary>Takes the right to send one call now.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        Recover(now);
        if (now < _next)
        {
            return false;
        }

        var interval = TimeSpan.FromSeconds(1 / PerSecond);
        var earliest = now - interval;
        _next = (_next > earliest ? _next : earliest) + interval;
        return true;
    }

    /// <summary>The cloud refused a call for rate.</summary>
    public void OnThrottled(DateTimeOffset now)
    {
        // One refusal says as much as ten that were under way with it.
        if (now - _slowedAt >= SlowDownAtMost)
        {
            // After a time of quiet it is refused where it was before: that is the limit, and a small step below it is enough.
            var isLimit = now - _slowedAt >= QuietBeforeRecovery && double.IsFinite(_wall) && _factor <= _wall * SpeedUpAtWall;
            _wall = _factor;
            _factor = Math.Max(Slowest, _factor * (isLimit ? SlowDownAtWall : SlowDown));
            _slowedAt = _recoveredAt = now;
        }

        var pause = now + TimeSpan.FromSeconds(1 / PerSecond);
        _next = _next > pause ? _next : pause;
    }

    private void Recover(DateTimeOffset now)
    {
        var quiet = now - _slowedAt;
        if (_factor >= 1 || quiet < QuietBeforeRecovery || now - _recoveredAt < SlowDownAtMost)
        {
            return;
        }

        var isNearWall = _factor * SpeedUp >= _wall * SlowDownAtWall * SpeedUpAtWall && _factor <= _wall * SpeedUpAtWall;
        if (isNearWall && quiet < QuietBeforeWall)
        {
            return;
        }

        _factor = Math.Min(1, _factor * (isNearWall ? SpeedUpAtWall : SpeedUp));
        _recoveredAt = now;
    }
}
