using PodEip.Kubernetes.Objects;

namespace PodEip.Kubernetes.Leadership;

/// <summary><c>coordination.k8s.io/v1</c> Lease.</summary>
internal sealed record Lease : IKubeObject
{
    public string ApiVersion { get; init; } = "coordination.k8s.io/v1";

    public string Kind { get; init; } = "Lease";

    public ObjectMeta Metadata { get; init; } = new();

    public LeaseSpec? Spec { get; init; }
}

/// <summary>A lease's spec. Times are <c>MicroTime</c> and for people: they are never compared with a clock here, only with each other.</summary>
internal sealed record LeaseSpec
{
    public string? HolderIdentity { get; init; }

    public int? LeaseDurationSeconds { get; init; }

    public string? AcquireTime { get; init; }

    public string? RenewTime { get; init; }

    public int? LeaseTransitions { get; init; }
}
