using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PodEip.Dev.Generate;

/// <summary>Writes a JSON tree as YAML in block style, keys in their order, so that a generated file reads well and diffs well.</summary>
internal static partial class YamlText
{
    private static readonly string[] Reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

    /// <summary>The document, with a line break at its end.</summary>
    public static string Of(JsonObject document)
    {
        var text = new StringBuilder();
        Members(text, document, depth: 0);
        return text.ToString();
    }

    private static void Members(StringBuilder text, JsonObject node, int depth, bool afterDash = false)
    {
        foreach (var (key, value) in node)
        {
            text.Append(' ', afterDash ? 0 : depth * 2).Append(Scalar(key)).Append(':');
            afterDash = false;
            Value(text, value, depth);
        }
    }

    private static void Value(StringBuilder text, JsonNode? value, int depth)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } members:
                text.Append('\n');
                Members(text, members, depth + 1);
                break;
            case JsonArray { Count: > 0 } items:
                text.Append('\n');
                Items(text, items, depth);
                break;
            default:
                text.Append(' ').Append(Leaf(value)).Append('\n');
                break;
        }
    }

    private static void Items(StringBuilder text, JsonArray items, int depth)
    {
        foreach (var item in items)
        {
            text.Append(' ', depth * 2).Append("- ");
            if (item is JsonObject { Count: > 0 } members)
                Members(text, members, depth + 1, afterDash: true);
            else
                text.Append(Leaf(item)).Append('\n');
        }
    }

    private static string Leaf(JsonNode? leaf) => leaf switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray { Count: 0 } => "[]",
        JsonArray => throw new NotSupportedException("A list directly in a list is not needed here."),
        _ when leaf.GetValueKind() == JsonValueKind.String => Scalar(leaf.GetValue<string>()),
        _ => leaf.ToJsonString(),
    };

    private static string Scalar(string text) =>
        PlainForm().IsMatch(text) && !Reserved.Contains(text, StringComparer.OrdinalIgnoreCase) ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9./_-]*( [A-Za-z0-9./_(),;-]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainForm();
}
