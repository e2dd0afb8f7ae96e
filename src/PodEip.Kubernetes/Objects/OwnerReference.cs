using System.Text.Json.Serialization;

namespace PodEip.Kubernetes.Objects;

/// <summary><c>metav1.OwnerReference</c>: the owner is always in the same namespace, or cluster-scoped.</summary>
public sealed record OwnerReference
{
    /// <summary>Group and version, e.g. <c>apps/v1</c>.</summary>
    [JsonPropertyName("apiVersion")]
    public required string ApiVersion { get; init; }

    /// <summary>Kind, e.g. <c>StatefulSet</c>.</summary>
    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    /// <summary>The owner's name.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>The owner's UID: a namesake is not the owner.</summary>
    [JsonPropertyName("uid")]
    public required string Uid { get; init; }

    /// <summary>True for the one owner that manages the object.</summary>
    [JsonPropertyName("controller"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Controller { get; init; }

    /// <summary>True when a foreground deletion of the owner waits for this object.</summary>
    [JsonPropertyName("blockOwnerDeletion"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? BlockOwnerDeletion { get; init; }
}
