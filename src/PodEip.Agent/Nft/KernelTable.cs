using System.Text;
using System.Text.Json;
using PodEip.Agent.Masquerade;

namespace PodEip.Agent.Nft;

/// <summary>What the kernel holds in our table of one family, read from nft's listing.</summary>
public sealed class KernelTable
{
    private readonly List<string?> _comments = [];
    private readonly Dictionary<string, KernelSet> _sets = new(StringComparer.Ordinal);

    private KernelTable(string shape) => Shape = shape;

    /// <summary>
    /// Everything but elements and handles, in nft's own words of JSON. They differ by nft's version, so that they can't be compared with what was
    /// asked for, only with what was read right after it was applied.
    /// </summary>
    public string Shape { get; }

    /// <summary>Reads the array <c>nftables</c> of a listing.</summary>
    /// <param name="family">The table's family.</param>
    /// <param name="listing">The array.</param>
    public static KernelTable Read(IpFamily family, JsonElement listing)
    {
        var table = new KernelTable(ShapeOf(listing));
        foreach (var entry in listing.EnumerateArray())
        {
            var thing = entry.EnumerateObject().Single();
            switch (thing.Name)
            {
                case "rule":
                    table._comments.Add(thing.Value.TryGetProperty("comment", out var comment) ? comment.GetString() : null);
                    break;
                case "set" or "map":
                    table._sets[thing.Value.GetProperty("name").GetString()!] = KernelSet.Read(family, thing.Value);
                    break;
            }
        }

        return table;
    }

    /// <summary>What differs from what is wanted, for people; null when nothing does.</summary>
    /// <param name="wanted">What should be there.</param>
    /// <param name="shape">What <see cref="Shape"/> was when it was applied; null when that is not known.</param>
    public string? Difference(TableRules wanted, string? shape)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        if ((shape is not null && shape != Shape) || !_comments.SequenceEqual(wanted.Rules.Select(Comment), StringComparer.Ordinal))
        {
            return "its rules or sets are others";
        }

        foreach (var set in wanted.Sets)
        {
            if (!_sets.TryGetValue(set.Name, out var held))
            {
                return $"set {set.Name} is missing";
            }

            if (!held.Holds(set))
            {
                return $"set {set.Name} holds other addresses";
            }
        }

        return _sets.Count == wanted.Sets.Count ? null : "it has more sets";
    }

    private static string? Comment(string rule)
    {
        const string Lead = " comment \"";
        var at = rule.IndexOf(Lead, StringComparison.Ordinal);
        return at < 0 ? null : rule[(at + Lead.Length)..^1];
    }

    private static string ShapeOf(JsonElement listing)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var thing in listing.EnumerateArray().SelectMany(entry => entry.EnumerateObject()).Where(thing => thing.Name != "metainfo"))
            {
                json.WriteStartObject();
                json.WriteString("kind", thing.Name);
                foreach (var property in thing.Value.EnumerateObject().Where(property => property.Name is not ("handle" or "elem")))
                {
                    property.WriteTo(json);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
