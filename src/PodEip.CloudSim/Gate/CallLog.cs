namespace PodEip.CloudSim.Gate;

/// <summary>The last calls, and counts of all. Thread-safe.</summary>
public sealed class CallLog
{
    /// <summary>How many calls are kept.</summary>
    public const int Capacity = 200_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Counts> _counts = new(StringComparer.Ordinal);
    private readonly Queue<CallRecord> _calls = new();
    private long _sequence;

    /// <summary>Calls in the order they came to an end.</summary>
    /// <param name="action">Only this action; null for all.</param>
    /// <param name="after">Only calls with a greater sequence number.</param>
    /// <param name="code">Only calls with this error code; empty for good ones, null for all.</param>
    public IReadOnlyList<CallRecord> Read(string? action = null, long after = 0, string? code = null)
    {
        lock (_lock)
        {
            return [.. _calls.Where(c => c.Sequence > after && (action is null || c.Action == action) && (code is null || (c.Code ?? "") == code))];
        }
    }

    /// <summary>Counts per action since the start or the last <see cref="Clear"/>.</summary>
    public IReadOnlyList<ActionCounters> Counters
    {
        get
        {
            lock (_lock)
            {
                return [.. _counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c =>
                    new ActionCounters(c.Key, c.Value.Calls, c.Value.Succeeded, c.Value.Executed, new SortedDictionary<string, long>(c.Value.Errors, StringComparer.Ordinal)))];
            }
        }
    }

    /// <summary>Calls of an action so far, good or bad.</summary>
    public long CountOf(string action)
    {
        lock (_lock)
        {
            return _counts.TryGetValue(action, out var counts) ? counts.Calls : 0;
        }
    }

    /// <summary>Forgets calls and counts; sequence numbers go on.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _calls.Clear();
            _counts.Clear();
        }
    }

    internal void Add(DateTimeOffset at, string action, string? secretId, string requestId, string subject, string? code, bool executed, double milliseconds)
    {
        lock (_lock)
        {
            _calls.Enqueue(new CallRecord(++_sequence, at, action, secretId, requestId, subject, code, executed, milliseconds));
            if (_calls.Count > Capacity)
            {
                _calls.Dequeue();
            }

            if (!_counts.TryGetValue(action, out var counts))
            {
                _counts.Add(action, counts = new Counts());
            }

            counts.Calls++;
            counts.Executed += executed ? 1 : 0;
            if (code is null)
            {
                counts.Succeeded++;
            }
            else
            {
                counts.Errors[code] = counts.Errors.GetValueOrDefault(code) + 1;
            }
        }
    }

    private sealed class Counts
    {
        public long Calls { get; set; }

        public long Succeeded { get; set; }

        public long Executed { get; set; }

        public Dictionary<string, long> Errors { get; } = new(StringComparer.Ordinal);
    }
}
