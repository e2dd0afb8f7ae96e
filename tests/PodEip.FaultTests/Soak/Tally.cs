using System.Collections.Concurrent;
using System.Globalization;

namespace PodEip.FaultTests.Soak;

/// <summary>Counts what was done, by name, for the table at the end.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>How many things were counted.</summary>
    public int Total => _counts.Values.Sum();

    public void Add(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    /// <summary>A line each, by name.</summary>
    public IEnumerable<string> Lines() =>
        _counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => string.Create(CultureInfo.InvariantCulture, $"  {pair.Key,-44} {pair.Value,7}"));
}
