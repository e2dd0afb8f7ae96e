using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Cluster;

/// <summary>The used part of a StatefulSet.</summary>
public sealed record StatefulSetObject : IKubeObject
{
    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? new ObjectMeta(); init; }

    /// <summary>What is wanted.</summary>
    public StatefulSetObjectSpec? Spec { get; init; }
}

/// <summary>The used part of a StatefulSet's spec.</summary>
/// <param name="Ordinals">How its Pods are numbered; absent before Kubernetes 1.26.</param>
public sealed record StatefulSetObjectSpec(StatefulSetOrdinals? Ordinals);

/// <summary>How Pods are numbered.</summary>
/// <param name="Start">The first number.</param>
public sealed record StatefulSetOrdinals(int Start);
