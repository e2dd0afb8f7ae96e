using System.Text.Json;

namespace PodEip.Controller.Admission;

/// <summary>Reads JSON that may lack anything, or have anything in its place: what isn't as it should be counts as absent.</summary>
internal static class JsonReading
{
    public static JsonElement At(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    public static bool IsObject(this JsonElement element) => element.ValueKind is JsonValueKind.Object;

    public static string? Text(this JsonElement element) => element.ValueKind is JsonValueKind.String ? element.GetString() : null;

    public static int? Number(this JsonElement element) => element.ValueKind is JsonValueKind.Number && element.TryGetInt32(out var number) ? number : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element) => element.ValueKind is JsonValueKind.Array ? element.EnumerateArray() : [];

    /// <summary>The members of a map of strings.</summary>
    public static IReadOnlyDictionary<string, string> Strings(this JsonElement element)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (element.IsObject())
        {
            foreach (var member in element.EnumerateObject().Where(m => m.Value.ValueKind is JsonValueKind.String))
            {
                map[member.Name] = member.Value.GetString()!;
            }
        }

        return map;
    }
}
