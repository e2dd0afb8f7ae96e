using System.Text.Json;
using System.Text.Json.Serialization;
using PodEip.Api.Resources;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Cluster;

/// <summary>A claim in the form that informers take: its own metadata, in their type.</summary>
[JsonConverter(typeof(ClaimObjectJson))]
public sealed record ClaimObject : IKubeObject
{
    /// <summary>Wraps a claim.</summary>
    public ClaimObject(EipClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        Claim = claim;
        var meta = claim.Metadata;
        Metadata = new ObjectMeta
        {
            Name = meta.Name,
            Namespace = meta.Namespace,
            Uid = meta.Uid,
            ResourceVersion = meta.ResourceVersion,
            Generation = meta.Generation ?? 0,
            CreationTimestamp = meta.CreationTimestamp,
            DeletionTimestamp = meta.DeletionTimestamp,
            Annotations = meta.Annotations,
            Labels = meta.Labels,
            Finalizers = meta.Finalizers,
        };
    }

    /// <summary>The claim.</summary>
    public EipClaim Claim { get; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; }
}

/// <summary>Reads and writes the claim alone.</summary>
internal sealed class ClaimObjectJson : JsonConverter<ClaimObject>
{
    /// <inheritdoc/>
    public override ClaimObject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize(ref reader, EipClaimJson.Default.EipClaim) ?? throw new JsonException("a claim is null"));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ClaimObject value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Claim, EipClaimJson.Default.EipClaim);
}
