using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using PodEip.Api.Resources;

namespace PodEip.Controller.Cluster;

/// <summary>
/// Merge patches of a claim (RFC 7386), all bound to the resource version they were planned on. What the claim has and the new
/// value lacks is sent as an explicit null, or the server would keep it; fields this release does not know stay as they are.
/// </summary>
internal static class ClaimPatch
{
    /// <summary>Replaces the finalizers.</summary>
    public static ReadOnlyMemory<byte> Finalizers(EipClaim claim, IEnumerable<string> finalizers)
    {
        var list = new JsonArray();
        foreach (var finalizer in finalizers)
        {
            list.Add((JsonNode?)finalizer);
        }

        return Bytes(Metadata(claim, ("finalizers", list)));
    }

    /// <summary>Replaces the references to owners, and turns the spec into another one, in one write.</summary>
    public static ReadOnlyMemory<byte> Owners(EipClaim claim, IReadOnlyList<ClaimOwnerReference> owners, EipClaimSpec spec)
    {
        var list = new JsonArray();
        foreach (var owner in owners)
        {
            list.Add(JsonSerializer.SerializeToNode(owner, EipClaimJson.Default.ClaimOwnerReference));
        }

        // An empty list is removed: the server would store none either.
        var metadata = Metadata(claim, ("ownerReferences", list.Count > 0 ? list : null));
        var change = Between(claim.Spec, spec, EipClaimJson.Default.EipClaimSpec);
        return change.Count > 0 ? Bytes(metadata, ("spec", change)) : Bytes(metadata);
    }

    /// <summary>Turns the claim's spec into another one.</summary>
    public static ReadOnlyMemory<byte> Spec(EipClaim claim, EipClaimSpec spec) =>
        Bytes(Metadata(claim), ("spec", Between(claim.Spec, spec, EipClaimJson.Default.EipClaimSpec)));

    /// <summary>The version a write is bound to.</summary>
    /// <exception cref="ArgumentException">The claim was not read from the server.</exception>
    public static string VersionOf(EipClaim claim) => string.IsNullOrEmpty(claim.Metadata.ResourceVersion)
        ? throw new ArgumentException($"claim {claim.Key} was not read from the server: it has no resource version", nameof(claim))
        : claim.Metadata.ResourceVersion;

    private static (string, JsonNode?) Metadata(EipClaim claim, params ReadOnlySpan<(string Name, JsonNode? Value)> more)
    {
        var metadata = new JsonObject { ["resourceVersion"] = VersionOf(claim) };
        foreach (var (name, value) in more)
        {
            metadata[name] = value;
        }

        return ("metadata", metadata);
    }

    private static JsonObject Between<T>(T before, T after, JsonTypeInfo<T> type) =>
        Between(JsonSerializer.SerializeToNode(before, type)!.AsObject(), JsonSerializer.SerializeToNode(after, type)!.AsObject());

    private static JsonObject Between(JsonObject before, JsonObject after)
    {
        var patch = new JsonObject();
        foreach (var (name, _) in before.Where(field => !after.ContainsKey(field.Key)))
        {
            patch[name] = null;
        }

        foreach (var (name, value) in after)
        {
            if (value is JsonObject now && before[name] is JsonObject was)
            {
                var inner = Between(was, now);
                if (inner.Count > 0)
                {
                    patch[name] = inner;
                }
            }
            else if (!JsonNode.DeepEquals(before[name], value))
            {
                patch[name] = value?.DeepClone();
            }
        }

        return patch;
    }

    private static ReadOnlyMemory<byte> Bytes(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members)
            {
                json.WritePropertyName(name);
                value!.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
