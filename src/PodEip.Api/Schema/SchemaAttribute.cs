namespace PodEip.Api.Schema;

/// <summary>What the CRD's schema says about a property beyond its type. Its description is the property's summary.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SchemaAttribute : Attribute
{
    /// <summary>Regular expression a string must match (RE2, so no look-around).</summary>
    public string? Pattern { get; init; }

    /// <summary>The only strings allowed.</summary>
    public string[]? Enum { get; init; }

    /// <summary>Smallest number; <see cref="long.MinValue"/> means none.</summary>
    public long Minimum { get; init; } = long.MinValue;

    /// <summary>Largest number; <see cref="long.MaxValue"/> means none.</summary>
    public long Maximum { get; init; } = long.MaxValue;

    /// <summary>Shortest string; 0 means none.</summary>
    public int MinLength { get; init; }

    /// <summary>Longest string; 0 means none.</summary>
    public int MaxLength { get; init; }

    /// <summary>Smallest list; 0 means none.</summary>
    public int MinItems { get; init; }

    /// <summary>Largest list; 0 means none.</summary>
    public int MaxItems { get; init; }

    /// <summary>Pattern that each string of a list must match.</summary>
    public string? ItemPattern { get; init; }

    /// <summary>Must be there.</summary>
    public bool Required { get; init; }

    /// <summary>The list is a map by this field (<c>x-kubernetes-list-map-keys</c>); other lists are atomic.</summary>
    public string? ListMapKey { get; init; }
}
