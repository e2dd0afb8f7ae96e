using System.Text.Json;

namespace PodEip.Agent.Masquerade;

/// <summary>Reads a config that is written in JSON.</summary>
internal static class JsonEntries
{
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static IReadOnlyList<ConfigEntry> Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.ValueKind is JsonValueKind.Object
            ? [.. document.RootElement.EnumerateObject().Select(property => new ConfigEntry(property.Name, Value(property.Value, isNested: false)))]
            : throw new JsonException("it is no object");
    }

    private static ConfigValue Value(JsonElement element, bool isNested) => element.ValueKind switch
    {
        JsonValueKind.String => new TextValue(element.GetString()!),
        JsonValueKind.Array when !isNested => new ListValue([.. element.EnumerateArray().Select(item => Value(item, isNested: true))]),
        JsonValueKind.Array => new NestedValue("a list"),
        JsonValueKind.Object => new NestedValue("an object"),
        _ => new BareValue(element.GetRawText()),
    };
}
