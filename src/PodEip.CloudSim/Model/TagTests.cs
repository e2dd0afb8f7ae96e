using System.Collections.Immutable;

namespace PodEip.CloudSim.Model;

/// <summary>The three tag filters that all describe calls share.</summary>
internal static class TagTests
{
    /// <summary>The test of <c>tag-key</c>, <c>tag-value</c> or <c>tag:KEY</c>; null for other filters.</summary>
    public static Func<ImmutableSortedDictionary<string, string>, bool>? Parse(string name, IReadOnlyList<string> values)
    {
        if (name == "tag-key")
        {
            return tags => values.Any(tags.ContainsKey);
        }

        if (name == "tag-value")
        {
            return tags => tags.Values.Any(values.Contains);
        }

        if (!name.StartsWith("tag:", StringComparison.Ordinal) || name.Length == 4)
        {
            return null;
        }

        var key = name[4..];
        return tags => tags.TryGetValue(key, out var value) && values.Contains(value);
    }
}
