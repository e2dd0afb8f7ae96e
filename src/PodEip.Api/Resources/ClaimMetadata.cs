namespace PodEip.Api.Resources;

/// <summary>The part of a claim's ObjectMeta that is used. Fields that are not listed are lost on reading, so claims are patched; only their status is replaced.</summary>
public sealed record ClaimMetadata
{
    /// <summary>No name.</summary>
    public static ClaimMetadata Empty { get; } = new();

    /// <summary>Name, equal to the Pod's.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Namespace, equal to the Pod's.</summary>
    public string Namespace { get; init => field = value ?? ""; } = "";

    /// <summary>Identity; null before it is stored.</summary>
    public string? Uid { get; init; }

    /// <summary>Version of the stored object, opaque.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Counts changes of the spec.</summary>
    public long? Generation { get; init; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>When it was deleted; it is there until its finalizers are gone.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>What must be done before it goes.</summary>
    public IReadOnlyList<string>? Finalizers { get; init; }

    /// <summary>Annotations.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Objects whose end takes the claim along.</summary>
    public IReadOnlyList<ClaimOwnerReference>? OwnerReferences { get; init; }
}

/// <summary>An object whose end takes the claim along.</summary>
public sealed record ClaimOwnerReference
{
    /// <summary>Group and version.</summary>
    public string ApiVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Kind.</summary>
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Uid.</summary>
    public string Uid { get; init => field = value ?? ""; } = "";

    /// <summary>It manages the claim.</summary>
    public bool? Controller { get; init; }

    /// <summary>Its foreground deletion waits for the claim.</summary>
    public bool? BlockOwnerDeletion { get; init; }
}
