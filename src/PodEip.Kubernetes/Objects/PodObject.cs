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

    /// <summary>Its ordinary containers.</summary>
    public IReadOnlyList<PodObjectContainerSpec>? Containers { get; init; }

    /// <summary>Its init containers, sidecars among them.</summary>
    public IReadOnlyList<PodObjectContainerSpec>? InitContainers { get; init; }
}

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
