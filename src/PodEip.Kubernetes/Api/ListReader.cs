using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PodEip.Kubernetes.Objects;

namespace PodEip.Kubernetes.Api;

/// <summary>Reads a list's envelope by hand, so that callers describe only the items' type.</summary>
internal static class ListReader
{
    public static KubeList<T> Read<T>(byte[] body, JsonTypeInfo<T> itemType)
        where T : class
    {
        var reader = new Utf8JsonReader(body);
        Expect(reader.Read() && reader.TokenType is JsonTokenType.StartObject, "a list is an object");
        var items = new List<T>();
        ListMeta? meta = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("items"u8))
            {
                reader.Read();
                ReadItems(ref reader, itemType, items);
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                reader.Read();
                meta = JsonSerializer.Deserialize(ref reader, RuntimeJsonContext.Default.ListMeta);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        Expect(meta?.ResourceVersion is { Length: > 0 }, "a list has metadata.resourceVersion");
        return new KubeList<T>(items, meta!.ResourceVersion!, string.IsNullOrEmpty(meta.Continue) ? null : meta.Continue);
    }

    private static void ReadItems<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> itemType, List<T> items)
        where T : class
    {
        if (reader.TokenType is JsonTokenType.Null)
        {
            return;
        }

        Expect(reader.TokenType is JsonTokenType.StartArray, "items is an array");
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            items.Add(JsonSerializer.Deserialize(ref reader, itemType) ?? throw new JsonException("an item is null"));
        }
    }

    private static void Expect(bool holds, string what)
    {
        if (!holds)
        {
            throw new JsonException($"not a list: {what}");
        }
    }
}
