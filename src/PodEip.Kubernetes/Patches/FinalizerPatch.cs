using System.Buffers;
using System.Globalization;
using System.Text.Json;
using PodEip.Kubernetes.Objects;

namespace PodEip.Kubernetes.Patches;

/// <summary>
/// JSON patches that add or remove one finalizer. They test the resource version first, because finalizers are addressed by
/// index: on an object that has changed since, the server refuses and the caller reads
/// again (<see cref="Api.KubeApiException.IsConflict"/>).
/// </summary>
public static class FinalizerPatch
{
    /// <summary>The patch that adds a finalizer; null when it is there already.</summary>
    /// <param name="meta">The object as read.</param>
    /// <param name="finalizer">The finalizer, <c>domain/name</c>.</param>
    public static ReadOnlyMemory<byte>? Add(ObjectMeta meta, string finalizer)
    {
        var present = meta.Finalizers ?? [];
        if (present.Contains(finalizer))
        {
            return null;
        }

        return Build(meta, json =>
        {
            json.WriteStartObject();
            json.WriteString("op", "add");
            if (present.Count == 0)
            {
                json.WriteString("path", "/metadata/finalizers");
                json.WriteStartArray("value");
                json.WriteStringValue(finalizer);
                json.WriteEndArray();
            }
            else
            {
                json.WriteString("path", "/metadata/finalizers/-");
                json.WriteString("value", finalizer);
            }

            json.WriteEndObject();
        });
    }

    /// <summary>The patch that removes a finalizer; null when it is not there.</summary>
    /// <param name="meta">The object as read.</param>
    /// <param name="finalizer">The finalizer.</param>
    public static ReadOnlyMemory<byte>? Remove(ObjectMeta meta, string finalizer)
    {
        var index = IndexOf(meta.Finalizers ?? [], finalizer);
        if (index < 0)
        {
            return null;
        }

        return Build(meta, json =>
        {
            json.WriteStartObject();
            json.WriteString("op", "remove");
            json.WriteString("path", string.Create(CultureInfo.InvariantCulture, $"/metadata/finalizers/{index}"));
            json.WriteEndObject();
        });
    }

    private static int IndexOf(IReadOnlyList<string> finalizers, string finalizer)
    {
        for (var i = 0; i < finalizers.Count; i++)
        {
            if (finalizers[i] == finalizer)
            {
                return i;
            }
        }

        return -1;
    }

    private static ReadOnlyMemory<byte> Build(ObjectMeta meta, Action<Utf8JsonWriter> operation)
    {
        if (string.IsNullOrEmpty(meta.ResourceVersion))
        {
            throw new ArgumentException($"{meta.Key} was not read from the server: it has no resource version.", nameof(meta));
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("op", "test");
            json.WriteString("path", "/metadata/resourceVersion");
            json.WriteString("value", meta.ResourceVersion);
            json.WriteEndObject();
            operation(json);
            json.WriteEndArray();
        }

        return buffer.WrittenMemory;
    }
}
