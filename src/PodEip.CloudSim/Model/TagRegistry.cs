namespace PodEip.CloudSim.Model;

/// <summary>Tag keys and values of the account. They outlive the resources that carry them.</summary>
internal sealed class TagRegistry
{
    private readonly Dictionary<string, HashSet<string>> _values = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, string>> All => _values.SelectMany(k => k.Value.Select(v => KeyValuePair.Create(k.Key, v)));

    public bool Knows(string key, string value) => _values.TryGetValue(key, out var values) && values.Contains(value);

    public void Register(IEnumerable<KeyValuePair<string, string>> tags)
    {
        foreach (var (key, value) in tags)
        {
            if (!_values.TryGetValue(key, out var values))
            {
                _values.Add(key, values = new HashSet<string>(StringComparer.Ordinal));
            }

            values.Add(value);
        }
    }

    public bool Forget(string key, string value) => _values.TryGetValue(key, out var values) && values.Remove(value) && (values.Count > 0 || _values.Remove(key));

    /// <summary>The new tags that would go over a bound: by key or by value; null when all fit.</summary>
    public string? Overflow(IReadOnlyCollection<KeyValuePair<string, string>> tags, int maxKeys, int maxValues)
    {
        if (_values.Count + tags.Count(t => !_values.ContainsKey(t.Key)) > maxKeys)
        {
            return "TagKey";
        }

        return tags.Any(t => _values.TryGetValue(t.Key, out var values) && !values.Contains(t.Value) && values.Count >= maxValues) ? "TagValue" : null;
    }
}
