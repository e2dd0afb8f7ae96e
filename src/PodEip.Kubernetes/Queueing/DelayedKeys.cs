using System.Diagnostics.CodeAnalysis;

namespace PodEip.Kubernetes.Queueing;

/// <summary>Keys that wait for their time, each once, with one timer for the next of them. Not thread-safe but for the timer's call.</summary>
internal sealed class DelayedKeys<TKey> : IDisposable
    where TKey : notnull
{
    // Timers can't be set further ahead than 49 days; a day is far enough to look again.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly PriorityQueue<TKey, long> _order = new();
    private readonly Dictionary<TKey, long> _due = [];
    private long _armedFor = long.MaxValue;

    /// <param name="time">The clock.</param>
    /// <param name="onTimer">Called when a key may be due; it takes them with <see cref="TryTakeDue"/> until there is none.</param>
    public DelayedKeys(TimeProvider time, Action onTimer)
    {
        _time = time;
        _timer = time.CreateTimer(_ => onTimer(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count => _due.Count;

    public void Add(TKey key, TimeSpan delay)
    {
        var due = _time.GetTimestamp() + (long)Math.Min(delay.TotalSeconds * _time.TimestampFrequency, long.MaxValue / 4);
        if (_due.TryGetValue(key, out var earlier) && earlier <= due)
        {
            return;
        }

        _due[key] = due;
        _order.Enqueue(key, due);
        Arm();
    }

    public void Remove(TKey key)
    {
        // Its place in the order is left to be skipped, but not without bound.
        if (_due.Remove(key) && _order.Count > 64 + (2 * _due.Count))
        {
            _order.Clear();
            _order.EnqueueRange(_due.Select(pair => (pair.Key, pair.Value)));
        }
    }

    /// <summary>Takes the next due key; when there is none the timer is set for the next to come.</summary>
    public bool TryTakeDue([MaybeNullWhen(false)] out TKey key)
    {
        while (_order.TryPeek(out key, out var due))
        {
            var current = _due.TryGetValue(key, out var wanted) && wanted == due;
            if (current && due > _time.GetTimestamp())
            {
                break;
            }

            _order.Dequeue();
            if (current)
            {
                _due.Remove(key);
                return true;
            }
        }

        _armedFor = long.MaxValue;
        Arm();
        key = default;
        return false;
    }

    public void Clear()
    {
        _order.Clear();
        _due.Clear();
    }

    public void Dispose() => _timer.Dispose();

    private void Arm()
    {
        if (!_order.TryPeek(out _, out var due) || due >= _armedFor)
        {
            return;
        }

        _armedFor = due;
        var wait = _time.GetElapsedTime(_time.GetTimestamp(), due);
        // Timers count whole milliseconds: rounding down would fire just before the key is due.
        var rounded = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds)));
        _timer.Change(rounded < LongestTimer ? rounded : LongestTimer, Timeout.InfiniteTimeSpan);
    }
}
