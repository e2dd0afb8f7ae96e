namespace PodEip.Kubernetes.Objects;

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

    /// <summary>A new one that one of our processes keeps for itself.</summary>
    /// <param name="ns">Namespace.</param>
    /// <param name="name">Name.</param>
    /// <param name="managedBy">The process, as its label says.</param>
    /// <param name="data">Its entries.</param>
    public static ConfigMapObject Of(string ns, string name, string managedBy, IReadOnlyDictionary<string, string> data) => new()
    {
        ApiVersion = "v1",
        Kind = "ConfigMap",
        Metadata = new ObjectMeta
        {
            Namespace = ns,
            Name = name,
            Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["app.kubernetes.io/managed-by"] = managedBy },
        },
        Data = data,
    };
}
