using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PodEip.Kubernetes.Objects;

namespace PodEip.Kubernetes.Watching;

/// <summary>Decodes one line of a watch: first its type, then its object, once and straight into the wanted type.</summary>
internal static class WatchEventDecoder
{
    /// <exception cref="JsonException">The line is no watch event.</exception>
    public static WatchEvent<TDto> Decode<TDto>(in ReadOnlySequence<byte> line, JsonTypeInfo<TDto> type)
        where TDto : class, IKubeObject
    {
        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
        {
            throw new JsonException("a watch's line is an object");
        }

        string? kind = null;
        Utf8JsonReader atObject = default;
        var hasObject = false;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                kind = reader.GetString();
            }
            else if (reader.ValueTextEquals("object"u8))
            {
                reader.Read();
                if (kind is not null)
                {
                    return Decode(kind, ref reader, type);
                }

                atObject = reader;
                hasObject = true;
                reader.Skip();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return kind is not null && hasObject
            ? Decode(kind, ref atObject, type)
            : throw new JsonException("a watch's line has a type and an object");
    }

    private static WatchEvent<TDto> Decode<TDto>(string kind, ref Utf8JsonReader reader, JsonTypeInfo<TDto> type)
        where TDto : class, IKubeObject
    {
        switch (kind)
        {
            case "ADDED" or "MODIFIED":
                return OfObject(WatchEventKind.Upserted, ref reader, type);
            case "DELETED":
                return OfObject(WatchEventKind.Deleted, ref reader, type);
            case "BOOKMARK":
                // Carries nothing but a version; the wanted type may demand more.
                var bookmark = JsonSerializer.Deserialize(ref reader, KubernetesJsonContext.Default.PartialObject);
                return new(WatchEventKind.Bookmark, null, bookmark?.Metadata.ResourceVersion, null);
            case "ERROR":
                return new(WatchEventKind.Error, null, null, JsonSerializer.Deserialize(ref reader, KubernetesJsonContext.Default.KubeStatus) ?? new KubeStatus());
            default:
                throw new JsonException($"a watch's line has the unknown type '{kind}'");
        }
    }

    private static WatchEvent<TDto> OfObject<TDto>(WatchEventKind kind, ref Utf8JsonReader reader, JsonTypeInfo<TDto> type)
        where TDto : class, IKubeObject
    {
        var dto = JsonSerializer.Deserialize(ref reader, type) ?? throw new JsonException("a watch's object is null");
        return new(kind, dto, dto.Metadata.ResourceVersion, null);
    }
}
