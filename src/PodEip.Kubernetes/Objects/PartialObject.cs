using System.Text.Json.Serialization;

namespace PodEip.Kubernetes.Objects;

/// <summary>Any object, read for its metadata only (an owner of unknown kind, the answer of a patch nobody reads).</summary>
public sealed record PartialObject : IKubeObject
{
    /// <summary>Group and version, e.g. <c>apps/v1</c>. Null for items of a list.</summary>
    [JsonPropertyName("apiVersion"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ApiVersion { get; init; }

    /// <summary>Kind. Null for items of a list.</summary>
    [JsonPropertyName("kind"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Kind { get; init; }

    /// <inheritdoc/>
    [JsonPropertyName("metadata")]
    public ObjectMeta Metadata { get; init; } = new();
}
