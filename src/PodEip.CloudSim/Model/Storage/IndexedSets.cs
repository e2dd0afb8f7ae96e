namespace PodEip.CloudSim.Model.Storage;

/// <summary>Ids by key; empty sets vanish.</summary>
internal sealed class IndexedSets<TKey>
    where TKey : notnull
{
    private static readonly HashSet<string> None = [];
    private readonly Dictionary<TKey, HashSet<string>> _sets = [];

    public IReadOnlyCollection<string> this[TKey key] => _sets.GetValueOrDefault(key, None);

    public void Add(TKey key, string id)
    {
        if (!_sets.TryGetValue(key, out var set))
        {
            _sets.Add(key, set = new HashSet<string>(StringComparer.Ordinal));
        }

        set.Add(id);
    }

    public void Remove(TKey key, string id)
    {
        if (_sets.TryGetValue(key, out var set) && set.Remove(id) && set.Count == 0)
        {
            _sets.Remove(key);
        }
    }
}
