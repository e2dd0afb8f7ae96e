using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Cluster;

/// <summary>A Node: only the fields that are used.</summary>
public sealed record NodeObject : IKubeObject
{
    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? new ObjectMeta(); init; }

    /// <summary>What it is to be.</summary>
    public NodeObjectSpec? Spec { get; init; }

    /// <summary>What it is.</summary>
    public NodeObjectStatus? Status { get; init; }
}

/// <summary>The used part of a Node's spec.</summary>
public sealed record NodeObjectSpec
{
    /// <summary>The machine it is, <c>qcloud:///ZONE/ins-…</c>.</summary>
    public string? ProviderID { get; init; }
}

/// <summary>The used part of a Node's status.</summary>
public sealed record NodeObjectStatus
{
    /// <summary>Its names and IPs.</summary>
    public IReadOnlyList<NodeObjectAddress>? Addresses { get; init; }

    /// <summary>All it has, by resource.</summary>
    public IReadOnlyDictionary<string, string>? Capacity { get; init; }

    /// <summary>What Pods can have of it.</summary>
    public IReadOnlyDictionary<string, string>? Allocatable { get; init; }
}

/// <summary>A name or IP of a Node.</summary>
/// <param name="Type">InternalIP, ExternalIP, Hostname …</param>
/// <param name="Address">The name or IP.</param>
public sealed record NodeObjectAddress(string? Type, string? Address);
