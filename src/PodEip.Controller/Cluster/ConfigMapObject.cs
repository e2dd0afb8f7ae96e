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

    /// <summary>A new one that the controller keeps for itself.</summary>
    /// <param name="ns">Namespace.</param>
    /// <param name="name">Name.</param>
    /// <param name="data">Its entries.</param>
    public static ConfigMapObject OfController(string ns, string name, IReadOnlyDictionary<string, string> data) => new()
    {
        ApiVersion = "v1",
        Kind = "ConfigMap",
        Metadata = new ObjectMeta
        {
            Namespace = ns,
            Name = name,
            Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["app.kubernetes.io/managed-by"] = "podeip-controller" },
        },
        Data = data,
    };
}
