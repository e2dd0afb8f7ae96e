namespace PodEip.CloudSim.Model.Storage;

/// <summary>Rows by id in order of creation, with enough of their past to answer what a row was a while ago.</summary>
/// <remarks>Rows are immutable records, so a version costs one reference.</remarks>
internal sealed class VersionedTable<T>(TimeSpan keep)
    where T : class
{
    private readonly Dictionary<string, Row> _live = new(StringComparer.Ordinal);
    private List<Row> _rows = [];
    private int _dead;

    public int Count => _live.Count;

    public IEnumerable<T> Now
    {
        get
        {
            foreach (var row in _rows)
            {
                if (row.Now is { } value)
                {
                    yield return value;
                }
            }
        }
    }

    public T? Find(string id) => _live.TryGetValue(id, out var row) ? row.Now : null;

    /// <summary>Place of a row in the order of creation.</summary>
    public long Order(string id) => _live[id].Order;

    public IEnumerable<T> AsOf(DateTimeOffset at)
    {
        foreach (var row in _rows)
        {
            if (row.AsOf(at) is { } value)
            {
                yield return value;
            }
        }
    }

    public void Set(string id, T value, DateTimeOffset at)
    {
        if (!_live.TryGetValue(id, out var row))
        {
            row = new Row { Order = _rows.Count == 0 ? 0 : _rows[^1].Order + 1 };
            _live.Add(id, row);
            _rows.Add(row);
        }

        row.Push(value, at, keep);
    }

    public void Remove(string id, DateTimeOffset at)
    {
        if (!_live.Remove(id, out var row))
        {
            return;
        }

        row.Push(null, at, keep);
        if (++_dead > _live.Count + 64)
        {
            _rows = _rows.FindAll(r => r.Now is not null || r.LastChange > at - keep);
            _dead = _rows.Count - _live.Count;
        }
    }

    private sealed class Row
    {
        private readonly List<(DateTimeOffset At, T? Value)> _versions = [];

        public required long Order { get; init; }

        public T? Now => _versions[^1].Value;

        public DateTimeOffset LastChange => _versions[^1].At;

        public T? AsOf(DateTimeOffset at)
        {
            for (var i = _versions.Count - 1; i >= 0; i--)
            {
                if (_versions[i].At <= at)
                {
                    return _versions[i].Value;
                }
            }

            return null;
        }

        public void Push(T? value, DateTimeOffset at, TimeSpan keep)
        {
            var old = 0;
            while (old + 1 < _versions.Count && _versions[old + 1].At <= at - keep)
            {
                old++;
            }

            _versions.RemoveRange(0, old);
            _versions.Add((at, value));
        }
    }
}
