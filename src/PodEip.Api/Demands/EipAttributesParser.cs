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

    private const string Wanted = "want an object such as {\"Bandwidth\":\"100\",\"ISP\":\"BGP\"}, or nothing";

    /// <summary>Reads the annotation's text. Never throws on what it holds.</summary>
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
            return new Refusal($"{Quoted.Value(text)} is not JSON{Place(e as JsonException)}: {Wanted}");
        }

        using (document)
        {
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement, rules)
                : new Refusal($"{Quoted.Value(text)} is {Name(document.RootElement.ValueKind)}: {Wanted}");
        }
    }

    private static Parsed<AddressAttributes> Read(JsonElement json, AttributeRules rules)
    {
        var keys = AttributeKeys.Of(json);
        if (!keys.IsValid)
        {
            return new Refusal(keys.Error);
        }

        // Every value is checked, also one that the API's name outranks: a bad value is a mistake wherever it stands.
        var values = keys.Value;
        var shortBandwidth = values.Bandwidth(AttributeKeys.ShortBandwidth, allowText: true);
        var shortProvider = values.OneOf(AttributeKeys.ShortProvider, AttributeChecks.ServiceProviders);
        var attributes = new AddressAttributes
        {
            BandwidthMbps = values.Bandwidth("InternetMaxBandwidthOut", allowText: false) ?? shortBandwidth,
            InternetServiceProvider = values.OneOf("InternetServiceProvider", AttributeChecks.ServiceProviders) ?? shortProvider ?? AddressAttributes.DefaultServiceProvider,
            InternetChargeType = values.OneOf("InternetChargeType", AttributeChecks.ChargeTypes),
            AddressType = values.OneOf("AddressType", AttributeChecks.AddressTypes),
            BandwidthPackageId = values.Text("BandwidthPackageId"),
            AnycastZone = values.OneOf("AnycastZone", AttributeChecks.AnycastZones),
            Egress = values.Text("Egress"),
        };
        return values.Problem is { } problem ? problem : AttributeChecks.Complete(attributes, rules);
    }

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
