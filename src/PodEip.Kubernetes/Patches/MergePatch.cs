using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace PodEip.Kubernetes.Patches;

/// <summary>
/// Builds a merge patch of metadata and status; also valid as a strategic one. A patch with a resource version is refused as a
/// conflict when the object has changed since; one with a UID when the object is another of that name.
/// </summary>
public sealed class MergePatch
{
    private readonly JsonObject _metadata = [];
    private JsonNode? _status;
    private JsonNode? _spec;

    /// <summary>Only if the object is still at this version.</summary>
    public MergePatch OnlyAt(string resourceVersion)
    {
        ArgumentException.ThrowIfNullOrEmpty(resourceVersion);
        _metadata["resourceVersion"] = resourceVersion;
        return this;
    }

    /// <summary>Only if the object still is this one and not a namesake.</summary>
    public MergePatch OnlyFor(string uid)
    {
        ArgumentException.ThrowIfNullOrEmpty(uid);
        _metadata["uid"] = uid;
        return this;
    }

    /// <summary>Sets an annotation, or removes it when <paramref name="value"/> is null.</summary>
    public MergePatch Annotation(string name, string? value) => Entry("annotations", name, value);

    /// <summary>Sets a label, or removes it when <paramref name="value"/> is null.</summary>
    public MergePatch Label(string name, string? value) => Entry("labels", name, value);

    /// <summary>Replaces the given members of the status. Members the type leaves out when null stay as they are; write them as null to remove them.</summary>
    public MergePatch Status<T>(T status, JsonTypeInfo<T> type)
    {
        _status = JsonSerializer.SerializeToNode(status, type);
        return this;
    }

    /// <summary>Replaces the given members of the spec.</summary>
    public MergePatch Spec<T>(T spec, JsonTypeInfo<T> type)
    {
        _spec = JsonSerializer.SerializeToNode(spec, type);
        return this;
    }

    /// <summary>The patch as sent.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Write(json, "metadata", _metadata.Count == 0 ? null : _metadata);
            Write(json, "spec", _spec);
            Write(json, "status", _status);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, string name, JsonNode? node)
    {
        if (node is not null)
        {
            json.WritePropertyName(name);
            node.WriteTo(json);
        }
    }

    private MergePatch Entry(string map, string name, string? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (_metadata[map] is not JsonObject entries)
        {
            _metadata[map] = entries = [];
        }

        entries[name] = value;
        return this;
    }
}
