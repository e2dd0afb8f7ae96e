using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Cluster;

/// <summary>A ConfigMap.</summary>
public sealed record ConfigMapObject : IKubeObject
{
    /// <summary>Group and version.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Kind.</summary>
    public string? Kind { get; init; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? new ObjectMeta(); init; }

    /// <summary>Its entries.</summary>
    public IReadOnlyDictionary<string, string>? Data { get; init; }
}
