using PodEip.Claims.Nodes;

namespace PodEip.Controller.Nodes;

/// <summary>What the store keeps of a Node.</summary>
public sealed record NodeRecord
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its UID.</summary>
    public required string Uid { get; init; }

    /// <summary>The resource version this was read at.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>By what its machine is looked for.</summary>
    public required NodeIdentity Identity { get; init; }

    /// <summary>The resource in its capacity; null when it is not there.</summary>
    public string? Capacity { get; init; }

    /// <summary>The resource in what it can allocate.</summary>
    public string? Allocatable { get; init; }

    /// <summary>It is being deleted.</summary>
    public bool IsEnding { get; init; }
}
