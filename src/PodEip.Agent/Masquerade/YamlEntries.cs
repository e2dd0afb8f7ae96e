using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PodEip.Agent.Masquerade;

/// <summary>Reads a config that is written in YAML, event by event, no deeper than a list of words: what is nested deeper is not looked at.</summary>
internal static class YamlEntries
{
    /// <summary>The entries, one after another. Behind one with a value that is nested too deep there are no more: it is refused anyway.</summary>
    /// <exception cref="YamlException">While they are read: it is no YAML, or no mapping.</exception>
    public static IEnumerable<ConfigEntry> Read(string text)
    {
        var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _))
        {
            yield break;
        }

        parser.Consume<DocumentStart>();
        if (parser.TryConsume<Scalar>(out var nothing) && nothing is { Value: "" or "~" or "null", Style: ScalarStyle.Plain or ScalarStyle.Any })
        {
            parser.Consume<DocumentEnd>();
            yield break;
        }

        if (nothing is not null || !parser.TryConsume<MappingStart>(out _))
        {
            throw new YamlException("it is no mapping of keys to values");
        }

        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.TryConsume<Scalar>(out var name) ? name.Value : throw new YamlException("a key is no text");
            var value = Value(parser, isNested: false);
            yield return new ConfigEntry(key, value);
            if (value is NestedValue or ListValue { Items: [.., NestedValue] })
            {
                yield break;
            }
        }

        parser.Consume<DocumentEnd>();
        if (!parser.TryConsume<StreamEnd>(out _))
        {
            throw new YamlException("there is a second document");
        }
    }

    private static ConfigValue Value(IParser parser, bool isNested)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return scalar.Style is ScalarStyle.Plain && IsBare(scalar) ? new BareValue(scalar.Value) : new TextValue(scalar.Value);
        }

        if (isNested || !parser.TryConsume<SequenceStart>(out _))
        {
            return new NestedValue(parser.Current switch
            {
                MappingStart => "a mapping",
                SequenceStart => "a list",
                _ => "an alias",
            });
        }

        var items = new List<ConfigValue>();
        while (items is not [.., NestedValue] && !parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Value(parser, isNested: true));
        }

        return new ListValue(items);
    }

    private static bool IsBare(Scalar scalar) =>
        scalar.Tag.IsEmpty
        && (scalar.Value is "" or "~" or "null" or "Null" or "NULL" or "true" or "True" or "TRUE" or "false" or "False" or "FALSE"
            || double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}
