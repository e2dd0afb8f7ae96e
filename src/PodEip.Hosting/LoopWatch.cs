using System.Collections.Concurrent;

namespace PodEip.Hosting;

/// <summary>
/// The watchdog behind /healthz. Loops that must never stand still report here each time they come round; one that has been silent
/// for longer than it should is stuck, and the process is better restarted.
/// </summary>
/// <param name="time">The clock; its monotonic side only.</param>
public sealed class LoopWatch(TimeProvider time)
{
    private readonly ConcurrentDictionary<WatchedLoop, bool> _loops = new();

    /// <summary>Begins to watch a loop; dispose what is returned when the loop ends as it should.</summary>
    /// <param name="name">For people.</param>
    /// <param name="limit">The longest it may be silent.</param>
    public WatchedLoop Watch(string name, TimeSpan limit)
    {
        var loop = new WatchedLoop(name, limit, time, ended => _loops.TryRemove(ended, out _));
        _loops[loop] = true;
        return loop;
    }

    /// <summary>Every loop, and whether it is well.</summary>
    public IReadOnlyList<HealthCheck> Look() =>
        [.. _loops.Keys.Select(loop => loop.Look()).OrderBy(check => check.Name, StringComparer.Ordinal)];
}

/// <summary>A loop under watch.</summary>
public sealed class WatchedLoop : IDisposable
{
    private readonly string _name;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private readonly Action<WatchedLoop> _ended;
    private long _last;

    internal WatchedLoop(string name, TimeSpan limit, TimeProvider time, Action<WatchedLoop> ended)
    {
        (_name, _limit, _time, _ended) = (name, limit, time, ended);
        Beat();
    }

    /// <summary>The loop came round.</summary>
    public void Beat() => Volatile.Write(ref _last, _time.GetTimestamp());

    /// <summary>The loop ended as it should.</summary>
    public void Dispose() => _ended(this);

    internal HealthCheck Look()
    {
        var silent = _time.GetElapsedTime(Volatile.Read(ref _last));
        return new HealthCheck(_name, silent <= _limit, silent <= _limit ? "" : $"silent for {silent.TotalSeconds:0} s, the limit is {_limit.TotalSeconds:0} s");
    }
}
