namespace PodEip.Claims.Nodes;

/// <summary>What is known of a Node when its capacity is decided.</summary>
public sealed record NodeView
{
    /// <summary>Its UID: what tells it from a Node registered anew.</summary>
    public required string Uid { get; init; }

    /// <summary>The resource in its capacity as written there; null when it is not there.</summary>
    public string? Capacity { get; init; }

    /// <summary>The resource in what it can allocate; null when it is not there.</summary>
    public string? Allocatable { get; init; }

    /// <summary>The machine behind it.</summary>
    public required MachineLookup Machine { get; init; }

    /// <summary>What its living Pods ask for.</summary>
    public int Requested { get; init; }
}
