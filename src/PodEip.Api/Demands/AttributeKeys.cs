using System.Globalization;
using System.Text.Json;

namespace PodEip.Api.Demands;

/// <summary>The members of an <c>eip-attributes</c> object by known key, and the first thing wrong with their values.</summary>
internal sealed class AttributeKeys
{
    /// <summary>Short key for Mbps, a number or a string.</summary>
    public const string ShortBandwidth = "Bandwidth";

    /// <summary>Short key for the line.</summary>
    public const string ShortProvider = "ISP";

    private static readonly string[] Known =
    [
        ShortBandwidth, ShortProvider, "InternetMaxBandwidthOut", "InternetServiceProvider", "InternetChargeType", "AddressType",
        "BandwidthPackageId", "AnycastZone", "Egress",
    ];

    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);

    private AttributeKeys()
    {
    }

    /// <summary>The first value that was refused.</summary>
    public Refusal? Problem { get; private set; }

    /// <summary>Sorts the members; an unknown key or one that is there twice is refused.</summary>
    public static Parsed<AttributeKeys> Of(JsonElement json)
    {
        var keys = new AttributeKeys();
        foreach (var property in json.EnumerateObject())
        {
            var key = NameOf(property);
            if (!Known.Contains(key))
            {
                var nearest = Nearest.Of(key, Known);
                return new Refusal($"unknown key {Quoted.Value(key)}{(nearest is null ? "" : $" (did you mean {nearest}?)")}: want {string.Join(", ", Known)}, spelt exactly so");
            }

            if (!keys._values.TryAdd(key, property.Value))
            {
                return new Refusal($"{key} is there twice ({Shown(keys._values[key])} and {Shown(property.Value)}): want each key once");
            }
        }

        return keys;
    }

    /// <summary>Mbps, at least 1; null when absent or refused.</summary>
    public int? Bandwidth(string key, bool allowText)
    {
        if (!_values.TryGetValue(key, out var value))
        {
            return null;
        }

        var number = 0;
        var good = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt32(out number),
            JsonValueKind.String when allowText => Plain(value) is { } text && !text.StartsWith('0')
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
        return good && number >= 1
            ? number
            : Refuse<int?>(key, value, $"a whole number of Mbps, at least 1{(allowText ? ", as a number or a string" : "")}");
    }

    /// <summary>One of the words; null when absent or refused.</summary>
    public string? OneOf(string key, IReadOnlyList<string> allowed)
    {
        if (!_values.TryGetValue(key, out var value))
        {
            return null;
        }

        return Plain(value) is { } text && allowed.Contains(text) ? text : Refuse<string>(key, value, $"one of {string.Join(", ", allowed)}");
    }

    /// <summary>Some text; null when absent or refused.</summary>
    public string? Text(string key)
    {
        if (!_values.TryGetValue(key, out var value))
        {
            return null;
        }

        return Plain(value) is { Length: > 0 } text ? text : Refuse<string>(key, value, "a string that is not empty");
    }

    private T? Refuse<T>(string key, JsonElement value, string wanted)
    {
        Problem ??= new Refusal($"{key} is {Shown(value)}: want {wanted}");
        return default;
    }

    /// <summary>The string, or null when it is none or holds half of a surrogate pair.</summary>
    private static string? Plain(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 alone is valid JSON but no Unicode.
            return null;
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            // As above; the raw text is no known key either.
            return property.ToString();
        }
    }

    private static string Shown(JsonElement value) => Plain(value) is { } text ? Quoted.Value(text) : Quoted.Shorten(value.GetRawText());
}
