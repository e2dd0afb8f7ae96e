namespace PodEip.Kubernetes.Objects;

/// <summary>A Pod as the watch decodes it: only the fields that are used, alive for one event.</summary>
public sealed record PodObject : IKubeObject
{
    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? new ObjectMeta(); init; }

    /// <summary>What it is to be.</summary>
    public PodObjectSpec? Spec { get; init; }

    /// <summary>What it is.</summary>
    public PodObjectStatus? Status { get; init; }
}

/// <summary>The used part of a Pod's spec.</summary>
public sealed record PodObjectSpec
{
    /// <summary>The Node it is scheduled to.</summary>
    public string? NodeName { get; init; }

    /// <summary>It uses its node's network.</summary>
    public bool HostNetwork { get; init; }

    /// <summary>Conditions that must be true, besides its containers', for it to be ready.</summary>
    public IReadOnlyList<PodObjectGate>? ReadinessGates { get; init; }

    /// <summary>Its ordinary containers.</summary>
    public IReadOnlyList<PodObjectContainerSpec>? Containers { get; init; }

    /// <summary>Its init containers, sidecars among them.</summary>
    public IReadOnlyList<PodObjectContainerSpec>? InitContainers { get; init; }
}

/// <summary>One readiness gate of a Pod.</summary>
/// <param name="ConditionType">The condition it waits for.</param>
public sealed record PodObjectGate(string? ConditionType);

/// <summary>What a container is to be.</summary>
/// <param name="Resources">What it asks for.</param>
/// <param name="RestartPolicy"><c>Always</c> makes an init container a sidecar.</param>
public sealed record PodObjectContainerSpec(PodObjectResources? Resources, string? RestartPolicy);

/// <summary>What a container asks for.</summary>
/// <param name="Requests">Quantities by resource; extended resources are whole numbers.</param>
public sealed record PodObjectResources(IReadOnlyDictionary<string, string>? Requests);

/// <summary>The used part of a Pod's status.</summary>
public sealed record PodObjectStatus
{
    /// <summary>Pending, Running, Succeeded, Failed or Unknown.</summary>
    public string? Phase { get; init; }

    /// <summary>What is said of it: by the kubelet, and by whoever else has a condition on it.</summary>
    public IReadOnlyList<PodObjectCondition>? Conditions { get; init; }

    /// <summary>Its first IP, v4 or v6.</summary>
    public string? PodIP { get; init; }

    /// <summary>All its IPs.</summary>
    public IReadOnlyList<PodObjectIp>? PodIPs { get; init; }

    /// <summary>Its ordinary containers.</summary>
    public IReadOnlyList<PodObjectContainer>? ContainerStatuses { get; init; }

    /// <summary>Its init containers, sidecars among them.</summary>
    public IReadOnlyList<PodObjectContainer>? InitContainerStatuses { get; init; }

    /// <summary>Its debugging containers.</summary>
    public IReadOnlyList<PodObjectContainer>? EphemeralContainerStatuses { get; init; }
}

/// <summary>One condition of a Pod.</summary>
/// <param name="Type">Which.</param>
/// <param name="Status"><c>True</c>, <c>False</c> or <c>Unknown</c>.</param>
/// <param name="Reason">Why, in a word.</param>
/// <param name="Message">Why, in a sentence.</param>
public sealed record PodObjectCondition(string? Type, string? Status, string? Reason, string? Message);

/// <summary>One IP of a Pod.</summary>
/// <param name="Ip">The address.</param>
public sealed record PodObjectIp(string? Ip);

/// <summary>One container of a Pod.</summary>
/// <param name="State">What it does now.</param>
public sealed record PodObjectContainer(PodObjectContainerState? State);

/// <summary>What a container does. Of its three members the server sets one.</summary>
/// <param name="Terminated">Present when it has ended.</param>
public sealed record PodObjectContainerState(PodObjectPresent? Terminated);

/// <summary>Something that is only known to be there.</summary>
public sealed record PodObjectPresent;
