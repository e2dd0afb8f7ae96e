using System.Text.Json.Serialization;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Admission.Certificates;

/// <summary>A Secret.</summary>
public sealed record SecretObject : IKubeObject
{
    /// <summary>Group and version.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Kind.</summary>
    public string? Kind { get; init; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? new ObjectMeta(); init; }

    /// <summary>What it is for; can't be changed.</summary>
    public string? Type { get; init; }

    /// <summary>Its entries.</summary>
    public IReadOnlyDictionary<string, byte[]>? Data { get; init; }

    /// <summary>A new one for a TLS certificate.</summary>
    public static SecretObject Of(string ns, string name, string managedBy, IReadOnlyDictionary<string, byte[]> data) => new()
    {
        ApiVersion = "v1",
        Kind = "Secret",
        Type = "kubernetes.io/tls",
        Metadata = new ObjectMeta { Namespace = ns, Name = name, Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["app.kubernetes.io/managed-by"] = managedBy } },
        Data = data,
    };

    /// <summary>Says nothing of its entries.</summary>
    public override string ToString() => $"Secret {Metadata.Namespace}/{Metadata.Name}";
}

/// <summary>A validating or mutating webhook configuration: the used part.</summary>
public sealed record WebhookConfigurationObject : IKubeObject
{
    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? new ObjectMeta(); init; }

    /// <summary>Its webhooks.</summary>
    public IReadOnlyList<WebhookObject>? Webhooks { get; init; }
}

/// <summary>One webhook.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ClientConfig">How it is called.</param>
public sealed record WebhookObject(string? Name, WebhookClientConfig? ClientConfig);

/// <summary>How a webhook is called.</summary>
/// <param name="Service">The Service; null with a URL.</param>
/// <param name="CaBundle">Who is trusted, PEM.</param>
public sealed record WebhookClientConfig(WebhookService? Service, byte[]? CaBundle);

/// <summary>A Service.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
public sealed record WebhookService(string? Namespace, string? Name);

/// <summary>JSON of the objects that the webhook's certificate is kept in.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SecretObject))]
[JsonSerializable(typeof(WebhookConfigurationObject))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonArray))]
internal sealed partial class AdmissionObjects : JsonSerializerContext;
