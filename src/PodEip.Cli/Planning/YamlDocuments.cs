using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PodEip.Cli.Planning;

/// <summary>Reads YAML (and JSON, which is YAML) as JSON: several documents, lists of Kubernetes taken apart.</summary>
internal static class YamlDocuments
{
    /// <summary>The objects.</summary>
    /// <exception cref="YamlException">The text is neither.</exception>
    public static IReadOnlyList<JsonObject> Read(TextReader text)
    {
        var stream = new YamlStream();
        stream.Load(text);
        return [.. stream.Documents.Select(d => Node(d.RootNode)).OfType<JsonObject>().SelectMany(Items)];
    }

    private static IEnumerable<JsonObject> Items(JsonObject o) =>
        o["items"] is JsonArray items && ((string?)o["kind"])?.EndsWith("List", StringComparison.Ordinal) is true ? items.OfType<JsonObject>() : [o];

    private static JsonNode? Node(YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode map:
                var o = new JsonObject();
                foreach (var (key, value) in map.Children)
                {
                    o[((YamlScalarNode)key).Value ?? ""] = Node(value);
                }

                return o;
            case YamlSequenceNode list:
                var array = new JsonArray();
                foreach (var item in list.Children)
                {
                    array.Add(Node(item));
                }

                return array;
            case YamlScalarNode { Style: ScalarStyle.Plain } plain:
                return Plain(plain.Value ?? "");
            default:
                return JsonValue.Create(((YamlScalarNode)node).Value);
        }
    }

    private static JsonValue? Plain(string word) => word switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(word),
    };
}
