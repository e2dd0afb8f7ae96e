using System.Text;
using System.Text.Json.Nodes;
using PodEip.Api;

namespace PodEip.Dev.Generate.Reference;

/// <summary>The page of all fields of a claim, from the schema that the API server enforces.</summary>
internal static class ClaimReference
{
    public static string Markdown()
    {
        var schema = CustomResourceManifest.Tree()["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!.AsObject();
        var text = new StringBuilder($"""
            <!-- Generated from src/PodEip.Api/Resources by `podeip-dev generate`. Change the types, not this file. -->
            # {PodEipNames.Kind}

            `{PodEipNames.ApiVersion}`, namespaced, short name `{PodEipNames.ShortName}`. It has the namespace and name of its Pod. The controller makes it; make one yourself to [reserve an address](../life-of-an-address.md) for a Pod to come. Users write `spec`, only the controller writes `status`.

            | field | type | meaning |
            |---|---|---|

            """);
        Fields(text, schema, "");
        return text.ToString();
    }

    private static void Fields(StringBuilder text, JsonObject schema, string path)
    {
        foreach (var (name, node) in schema["properties"]!.AsObject())
        {
            if (path.Length == 0 && name is "apiVersion" or "kind" or "metadata")
                continue;
            var field = node!.AsObject();
            var items = field["items"]?.AsObject();
            var inner = items ?? field;
            var full = path + name + (items is null ? "" : "[]");
            text.Append($"| `{full}` | {TypeOf(inner)} | {((string?)field["description"])?.Replace("|", "\\|", StringComparison.Ordinal)}{Limits(inner)} |\n");
            if (inner["properties"] is not null)
                Fields(text, inner, full + ".");
        }
    }

    private static string TypeOf(JsonObject schema) => (string?)schema["format"] is "date-time" ? "time" : (string)schema["type"]!;

    private static string Limits(JsonObject schema)
    {
        var words = new List<string>();
        if (schema["enum"] is JsonArray values)
            words.Add("one of " + string.Join(", ", values.Select(value => $"`{value}`")));
        if (schema["minimum"] is { } minimum)
            words.Add($"at least {minimum}");
        if (schema["maximum"] is { } maximum)
            words.Add($"at most {maximum}");
        return words.Count == 0 ? "" : $" ({string.Join(", ", words)})";
    }
}
