using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PodEip.Cli.Writing;

/// <summary>Writes JSON as YAML, strings in quotes only where they need them.</summary>
internal static class YamlText
{
    /// <summary>One document.</summary>
    public static void Write(TextWriter output, JsonElement element)
    {
        var emitter = new Emitter(output, EmitterSettings.Default.WithBestWidth(int.MaxValue));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, element);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
    }

    private static void Emit(Emitter emitter, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, Empty(element) ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var property in element.EnumerateObject())
                {
                    Emit(emitter, property.Name, isText: true);
                    Emit(emitter, property.Value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonValueKind.Array:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, Empty(element) ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in element.EnumerateArray())
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValueKind.String:
                Emit(emitter, element.GetString()!, isText: true);
                break;
            default:
                Emit(emitter, element.GetRawText(), isText: false);
                break;
        }
    }

    private static bool Empty(JsonElement element) => element.ValueKind is JsonValueKind.Object ? !element.EnumerateObject().Any() : element.GetArrayLength() == 0;

    private static void Emit(Emitter emitter, string text, bool isText) =>
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, isText && LooksLikeOther(text) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any, isPlainImplicit: true, isQuotedImplicit: true));

    /// <summary>A reader would take it for a number, a truth, a time or nothing.</summary>
    private static bool LooksLikeOther(string text) =>
        text.Length == 0 || char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.' or '~'
        || text.ToUpperInvariant() is "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "NULL" or "Y" or "N";
}
