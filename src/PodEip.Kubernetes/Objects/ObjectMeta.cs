using System.Text.Json.Serialization;

namespace PodEip.Kubernetes.Objects;

/// <summary>
/// The part of <c>metav1.ObjectMeta</c> that controllers read. Names are fixed by attributes, so that the type can be
/// part of any source-generated JSON context whatever its naming policy; nulls are not written.
/// </summary>
public sealed record ObjectMeta
{
    /// <summary>The object's name.</summary>
    [JsonPropertyName("name"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>Prefix for a name the server chooses at creation.</summary>
    [JsonPropertyName("generateName"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GenerateName { get; init; }

    /// <summary>The namespace; null for cluster-scoped kinds.</summary>
    [JsonPropertyName("namespace"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Namespace { get; init; }

    /// <summary>The identity of this very object: a namesake created later has another one.</summary>
    [JsonPropertyName("uid"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Uid { get; init; }

    /// <summary>The version this object was read at. Opaque: only ever compared for equality or sent back.</summary>
    [JsonPropertyName("resourceVersion"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ResourceVersion { get; init; }

    /// <summary>Counts changes of the spec; 0 where the kind does not count.</summary>
    [JsonPropertyName("generation"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Generation { get; init; }

    /// <summary>When the server stored the object, to the second.</summary>
    [JsonPropertyName("creationTimestamp"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>Set once deletion was asked for: the request's time plus the grace period.</summary>
    [JsonPropertyName("deletionTimestamp"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>The grace period of a deletion under way, in seconds.</summary>
    [JsonPropertyName("deletionGracePeriodSeconds"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? DeletionGracePeriodSeconds { get; init; }

    /// <summary>Annotations; null when there are none.</summary>
    [JsonPropertyName("annotations"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>Labels; null when there are none.</summary>
    [JsonPropertyName("labels"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Finalizers in stored order; null when there are none.</summary>
    [JsonPropertyName("finalizers"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Finalizers { get; init; }

    /// <summary>Owners; null when there are none.</summary>
    [JsonPropertyName("ownerReferences"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OwnerReference>? OwnerReferences { get; init; }

    /// <summary>Namespace and name as a key.</summary>
    [JsonIgnore]
    public ObjectKey Key => new(Namespace ?? "", Name ?? "");

    /// <summary>True once deletion was asked for.</summary>
    [JsonIgnore]
    public bool IsTerminating => DeletionTimestamp is not null;
}
