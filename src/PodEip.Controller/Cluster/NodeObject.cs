using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Cluster;

/// <summary>A Node: only the fields that are used.</summary>
public sealed record NodeObject : IKubeObject
{
    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? new ObjectMeta(); init; }

    /// <summary>What it is to be.</summary>
    public NodeObjectSpec? Spec { get; init; }
}

/// <summary>The used part of a Node's spec.</summary>
public sealed record NodeObjectSpec
{
    /// <summary>The machine it is, <c>qcloud:///ZONE/ins-…</c>.</summary>
    public string? ProviderID { get; init; }
}
