using System.Diagnostics.CodeAnalysis;

namespace PodEip.Kubernetes.Watching;

/// <summary>An informer's store: one writer, any number of readers.</summary>
internal sealed class RecordStore<TRecord> : IReadOnlyStore<TRecord>
    where TRecord : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, Entry> _entries = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    public bool TryGet(ObjectKey key, [NotNullWhen(true)] out TRecord? record)
    {
        lock (_lock)
        {
            record = _entries.TryGetValue(key, out var entry) ? entry.Record : null;
            return record is not null;
        }
    }

    public IReadOnlyList<KeyValuePair<ObjectKey, TRecord>> Snapshot()
    {
        lock (_lock)
        {
            return _entries.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Record)).ToArray();
        }
    }

    /// <summary>Stores a record unless the store is at that version of the object already.</summary>
    /// <returns>True when the store changed.</returns>
    public bool Upsert(ObjectKey key, TRecord record, string? version, out TRecord? before)
    {
        lock (_lock)
        {
            before = null;
            if (_entries.TryGetValue(key, out var entry))
            {
                if (version is not null && version == entry.Version)
                {
                    return false;
                }

                before = entry.Record;
            }

            _entries[key] = new Entry(record, version);
            return true;
        }
    }

    public bool Remove(ObjectKey key, [NotNullWhen(true)] out TRecord? last)
    {
        lock (_lock)
        {
            last = _entries.Remove(key, out var entry) ? entry.Record : null;
            return last is not null;
        }
    }

    /// <summary>The keys the store holds and a new list does not.</summary>
    public IReadOnlyList<ObjectKey> KeysOutside(IReadOnlyDictionary<ObjectKey, (TRecord Record, string? Version)> list)
    {
        lock (_lock)
        {
            return _entries.Keys.Where(key => !list.ContainsKey(key)).ToArray();
        }
    }

    private readonly record struct Entry(TRecord Record, string? Version);
}
