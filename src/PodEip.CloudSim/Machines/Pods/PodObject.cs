using PodEip.Kubernetes.Objects;

namespace PodEip.CloudSim.Machines.Pods;

/// <summary>The parts of a Pod that a kubelet needs for its play.</summary>
internal sealed record PodObject : IKubeObject
{
    public ObjectMeta Metadata { get; init; } = new();

    public PodSpec? Spec { get; init; }

    public PodStatus? Status { get; init; }
}

internal sealed record PodSpec(
    string? NodeName,
    bool HostNetwork,
    string? RestartPolicy,
    IReadOnlyList<PodContainer>? Containers,
    IReadOnlyList<PodReadinessGate>? ReadinessGates);

internal sealed record PodContainer(string Name, string? Image);

internal sealed record PodReadinessGate(string ConditionType);

internal sealed record PodStatus(string? Phase, string? PodIP, IReadOnlyList<PodCondition>? Conditions);

internal sealed record PodCondition(string Type, string Status);
