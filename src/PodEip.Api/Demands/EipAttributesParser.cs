using System.Globalization;
using System.Text.Json;

namespace PodEip.Api.Demands;

/// <summary>
/// Reads the <c>eip-attributes</c> annotation: a JSON object with the short keys of TKE's document, the names of AllocateAddresses, or
/// both; empty means all defaults. Upper bounds differ by region and account, so the cloud judges them.
/// </summary>
public static class EipAttributesParser
{
    /// <summary>Longest text, in characters.</summary>
    public const int MaxLength = 4096;

    private const string ShortBandwidth = "Bandwidth";
    private const string ShortProvider = "ISP";

    private static readonly string[] Keys =
    [
        ShortBandwidth, ShortProvider, "InternetMaxBandwidthOut", "InternetServiceProvider", "InternetChargeType", "AddressType",
        "BandwidthPackageId", "AnycastZone", "Egress",
    ];

    /// <summary>Reads the annotation's text.</summary>
    /// <param name="text">The annotation's value.</param>
    /// <param name="rules">What the operator and the account allow.</param>
    /// <returns>Complete attributes (defaults filled in), or a reason that names the key, its value and what is allowed.</returns>
    public static Parsed<AddressAttributes> Parse(string text, AttributeRules rules)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(rules);
        if (string.IsNullOrWhiteSpace(text))
        {
            return AttributeChecks.Complete(new AddressAttributes(), rules);
        }

        if (text.Length > MaxLength)
        {
            return new Refusal($"{Quoted.Value(text)} is too long: at most {MaxLength} characters");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // ArgumentException: the text holds half of a surrogate pair and is no Unicode.
            return new Refusal($"{Quoted.Value(text)} is not JSON{Place(e as JsonException)}: want an object such as {{\"Bandwidth\":\"100\",\"ISP\":\"BGP\"}}, or nothing");
        }

        using (document)
        {
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? ReadObject(document.RootElement, rules)
                : new Refusal($"{Quoted.Value(text)} is {Name(document.RootElement.ValueKind)}: want an object such as {{\"Bandwidth\":\"100\",\"ISP\":\"BGP\"}}, or nothing");
        }
    }

    private static Parsed<AddressAttributes> ReadObject(JsonElement json, AttributeRules rules)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            var key = NameOf(property);
            if (!Keys.Contains(key))
            {
                return UnknownKey(key);
            }

            if (!values.TryAdd(key, property.Value))
            {
                return new Refusal($"{key} is there twice ({Shown(values[key])} and {Shown(property.Value)}): want each key once");
            }
        }

        // Every value is checked, also one that the API's name outranks: a bad value is a mistake wherever it stands.
        Refusal? problem = null;
        var shortBandwidth = Bandwidth(ShortBandwidth, allowText: true);
        var bandwidth = Bandwidth("InternetMaxBandwidthOut", allowText: false) ?? shortBandwidth;
        var shortProvider = OneOf(ShortProvider, AttributeChecks.ServiceProviders);
        var attributes = new AddressAttributes
        {
            BandwidthMbps = bandwidth,
            InternetServiceProvider = OneOf("InternetServiceProvider", AttributeChecks.ServiceProviders) ?? shortProvider ?? AddressAttributes.DefaultServiceProvider,
            InternetChargeType = OneOf("InternetChargeType", AttributeChecks.ChargeTypes),
            AddressType = OneOf("AddressType", AttributeChecks.AddressTypes),
            BandwidthPackageId = Text("BandwidthPackageId"),
            AnycastZone = OneOf("AnycastZone", AttributeChecks.AnycastZones),
            Egress = Text("Egress"),
        };
        return problem is null ? AttributeChecks.Complete(attributes, rules) : problem;

        int? Bandwidth(string key, bool allowText)
        {
            if (!values.TryGetValue(key, out var value))
            {
                return null;
            }

            var number = 0;
            var good = value.ValueKind switch
            {
                JsonValueKind.Number => value.TryGetInt32(out number),
                JsonValueKind.String when allowText => Plain(value) is { } text && text.StartsWith('0') is false
                    && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number),
                _ => false,
            };
            if (good && number >= 1)
            {
                return number;
            }

            problem ??= new Refusal($"{key} is {Shown(value)}: want a whole number of Mbps, at least 1{(allowText ? ", as a number or a string" : "")}");
            return null;
        }

        string? OneOf(string key, IReadOnlyList<string> allowed)
        {
            if (!values.TryGetValue(key, out var value))
            {
                return null;
            }

            if (Plain(value) is { } text && allowed.Contains(text))
            {
                return text;
            }

            problem ??= new Refusal($"{key} is {Shown(value)}: want one of {string.Join(", ", allowed)}");
            return null;
        }

        string? Text(string key)
        {
            if (!values.TryGetValue(key, out var value))
            {
                return null;
            }

            if (Plain(value) is { Length: > 0 } text)
            {
                return text;
            }

            problem ??= new Refusal($"{key} is {Shown(value)}: want a string that is not empty");
            return null;
        }
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
            // As above.
            return property.ToString();
        }
    }

    private static Refusal UnknownKey(string key)
    {
        var nearest = Nearest.Of(key, Keys);
        return new Refusal($"unknown key {Quoted.Value(key)}{(nearest is null ? "" : $" (did you mean {nearest}?)")}: want {string.Join(", ", Keys)}, spelt exactly so");
    }

    private static string Shown(JsonElement value) => Plain(value) is { } text ? Quoted.Value(text) : Quoted.Shorten(value.GetRawText());

    private static string Place(JsonException? e) => e is { LineNumber: { } line, BytePositionInLine: { } column } ? $" (line {line + 1}, byte {column + 1})" : "";

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
