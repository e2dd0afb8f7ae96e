using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PodEip.Agent.Masquerade;

/// <summary>Reads a config that is written in YAML, event by event: a document of any depth costs no more than its length.</summary>
internal static class YamlEntries
{
    /// <exception cref="YamlException">It is no YAML, or no mapping.</exception>
    public static IReadOnlyList<ConfigEntry> Read(string text)
    {
        var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        parser.Consume<StreamStart>();
        var entries = new List<ConfigEntry>();
        if (parser.TryConsume<StreamEnd>(out _))
        {
            return entries;
        }

        parser.Consume<DocumentStart>();
        if (parser.TryConsume<Scalar>(out var nothing) && nothing is { Value: "" or "~" or "null", Style: ScalarStyle.Plain or ScalarStyle.Any })
        {
            parser.Consume<DocumentEnd>();
            return entries;
        }

        if (nothing is not null || !parser.TryConsume<MappingStart>(out _))
        {
            throw new YamlException("it is no mapping of keys to values");
        }

        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.TryConsume<Scalar>(out var name) ? name.Value : throw new YamlException("a key is no text");
            entries.Add(new ConfigEntry(key, Value(parser, isNested: false)));
        }

        parser.Consume<DocumentEnd>();
        return parser.TryConsume<StreamEnd>(out _) ? entries : throw new YamlException("there is a second document");
    }

    private static ConfigValue Value(IParser parser, bool isNested)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return scalar.Style is ScalarStyle.Plain && IsBare(scalar) ? new BareValue(scalar.Value) : new TextValue(scalar.Value);
        }

        if (!isNested && parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<ConfigValue>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Value(parser, isNested: true));
            }

            return new ListValue(items);
        }

        var kind = parser.Current switch
        {
            MappingStart => "a mapping",
            SequenceStart => "a list",
            _ => "an alias",
        };
        Skip(parser);
        return new NestedValue(kind);
    }

    // By its events' nesting, not by recursion: what is skipped may be very deep.
    private static void Skip(IParser parser)
    {
        var depth = 0;
        do
        {
            depth += parser.Current?.NestingIncrease ?? 0;
            parser.MoveNext();
        }
        while (depth > 0);
    }

    private static bool IsBare(Scalar scalar) =>
        scalar.Tag.IsEmpty
        && (scalar.Value is "" or "~" or "null" or "Null" or "NULL" or "true" or "True" or "TRUE" or "false" or "False" or "FALSE"
            || double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}
