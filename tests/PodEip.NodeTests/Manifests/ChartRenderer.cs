using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PodEip.NodeTests.Manifests;

/// <summary>
/// Renders the few constructs of Helm's template language that our chart uses: paths, <c>if</c>/<c>else</c>, <c>with</c>, <c>range</c> over a map, comments, and
/// <c>default</c>, <c>quote</c>, <c>list</c>, <c>toYaml</c>, <c>toJson</c>, <c>nindent</c>, <c>sha256sum</c>, <c>semverCompare</c> of the kind ">=1.28-0". Anything else fails.
/// </summary>
/// <param name="root">What paths begin at: Values, Release, Chart, Capabilities.KubeVersion.</param>
/// <param name="capabilities">What <c>.Capabilities.APIVersions.Has</c> knows.</param>
internal sealed partial class ChartRenderer(JsonObject root, IReadOnlySet<string> capabilities)
{
    private readonly Dictionary<string, JsonNode?> _variables = new(StringComparer.Ordinal);
    private List<(bool IsAction, string Text)> _pieces = [];
    private int _at;

    /// <summary>The text that a template gives.</summary>
    public string Render(string template)
    {
        _pieces = [];
        var done = 0;
        foreach (Match action in Action().Matches(template))
        {
            var text = template[done..action.Index];
            _pieces.Add((false, action.Groups["trim"].Success ? text.TrimEnd() : text));
            _pieces.Add((true, action.Groups["body"].Value));
            done = action.Index + action.Length;
        }

        _pieces.Add((false, template[done..]));
        _at = 0;
        var rendered = new StringBuilder();
        Block(rendered, root, isShown: true);
        return _at == _pieces.Count ? rendered.ToString() : throw new NotSupportedException($"`{_pieces[_at].Text}` has no beginning");
    }

    /// <summary>Renders up to the end or the else of a block, which is left to the caller.</summary>
    private void Block(StringBuilder rendered, JsonNode? dot, bool isShown)
    {
        for (; _at < _pieces.Count; _at++)
        {
            var (isAction, text) = _pieces[_at];
            if (!isAction)
                rendered.Append(isShown ? text : "");
            else if (text is "end" or "else")
                return;
            else if (Opening().Match(text) is { Success: true } opening)
                Open(rendered, opening.Groups["word"].Value, opening.Groups["rest"].Value, dot, isShown);
            else if (isShown && !text.StartsWith("/*", StringComparison.Ordinal))
                rendered.Append(Text(Pipeline(text, dot)));
        }
    }

    private void Open(StringBuilder rendered, string word, string rest, JsonNode? dot, bool isShown)
    {
        var start = ++_at;
        if (word == "range")
        {
            var range = Range().Match(rest);
            var items = isShown ? Pipeline(range.Groups["of"].Value, dot)!.AsObject().OrderBy(item => item.Key, StringComparer.Ordinal).ToList() : [];
            // Once for nobody, to find its end.
            foreach (var (key, value) in items.DefaultIfEmpty())
            {
                _at = start;
                (_variables[range.Groups["key"].Value], _variables[range.Groups["value"].Value]) = (key, value);
                Block(rendered, dot, isShown && items.Count > 0);
            }

            return;
        }

        var value1 = isShown ? Pipeline(rest, dot) : null;
        Block(rendered, word == "with" ? value1 : dot, isShown && IsTrue(value1));
        if (_pieces[_at].Text != "else")
            return;
        _at++;
        Block(rendered, dot, isShown && !IsTrue(value1));
    }

    private JsonNode? Pipeline(string text, JsonNode? dot)
    {
        var stages = text.Split(" | ");
        var value = Call(stages[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), dot, piped: null);
        return stages.Skip(1).Aggregate(value, (piped, stage) => Call(stage.Split(' ', StringSplitOptions.RemoveEmptyEntries), dot, piped ?? ""));
    }

    private JsonNode? Call(string[] words, JsonNode? dot, JsonNode? piped)
    {
        var last = words.Length > 1 ? Term(words[^1], dot) : null;
        return words[0] switch
        {
            ".Capabilities.APIVersions.Has" => capabilities.Contains((string)last!),
            "semverCompare" when words.Length == 3 => Minor((string)last!) >= Minor((string)Term(words[1], dot)!),
            "list" => new JsonArray([.. words.Skip(1).Select(word => Term(word, dot)?.DeepClone())]),
            "default" => IsTrue(piped) ? piped : last,
            "quote" => JsonValue.Create(Text(piped)).ToJsonString(),
            // JSON is YAML.
            "toYaml" or "toJson" => (words.Length > 1 ? last : piped)!.ToJsonString(),
            "nindent" => "\n" + new string(' ', int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture)) + Text(piped),
            "sha256sum" => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(piped)))),
            _ when words.Length == 1 => Term(words[0], dot),
            _ => throw new NotSupportedException($"`{string.Join(' ', words)}` is not among what our chart may use"),
        };
    }

    private JsonNode? Term(string word, JsonNode? dot) => word switch
    {
        "." => dot,
        ['$', ..] => _variables[word],
        ['"', .. var text, '"'] => text,
        ['.', .. var path] => path.Split('.').Aggregate((JsonNode?)root, (node, name) => node is JsonObject members && members.TryGetPropertyValue(name, out var member)
            ? member
            : throw new NotSupportedException($"`{word}`: there is no {name}")),
        _ => JsonNode.Parse(word),
    };

    /// <summary>The minor of "v1.28.3" or ">=1.28-0", all that is compared here.</summary>
    private static int Minor(string version) => int.Parse(MinorOf().Match(version).Groups["minor"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsTrue(JsonNode? value) => value switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        JsonObject members => members.Count > 0,
        _ => Text(value) is not ("" or "false" or "0"),
    };

    private static string Text(JsonNode? value) => value?.ToString() is { } text && value is JsonValue ? (text is "True" or "False" ? text.ToLowerInvariant() : text) : throw new NotSupportedException("only a plain value can be written");

    [GeneratedRegex(@"\{\{(?<trim>-)?\s*(?<body>/\*.*?\*/|.*?)\s*\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Action();

    [GeneratedRegex(@"\A(?<word>if|with|range)\s+(?<rest>.*)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Opening();

    [GeneratedRegex(@"\A(v|>=)1\.(?<minor>[0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MinorOf();

    [GeneratedRegex(@"\A(?<key>\$\w+), (?<value>\$\w+) := (?<of>.*)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Range();
}
