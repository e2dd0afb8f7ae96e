using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Hosting;

namespace PodEip.Controller.Admission;

/// <summary>What the operator chose about the admission webhook.</summary>
public sealed record WebhookSettings
{
    /// <summary>Where it listens.</summary>
    public required ListenAddress Listen { get; init; }

    /// <summary>The controller's own namespace: Service and Secret are there, and nothing in it is judged.</summary>
    public required string Namespace { get; init; }

    /// <summary>How Pods are read.</summary>
    public required DemandSettings Demands { get; init; }

    /// <summary>Pods that ask for an address get the resource and the readiness gate.</summary>
    public bool Inject { get; init; }

    /// <summary>The Service the API server calls.</summary>
    public string Service { get; init; } = WebhookNames.Service;

    /// <summary>The Secret of the self-managed certificate.</summary>
    public string Secret { get; init; } = WebhookNames.Secret;

    /// <summary>The webhook configurations whose caBundle is kept.</summary>
    public string Configuration { get; init; } = WebhookNames.Configuration;

    /// <summary>Folder with tls.crt and tls.key that somebody else renews, such as cert-manager; null for a self-managed certificate.</summary>
    public string? CertificateFolder { get; init; }

    /// <summary>Names of the certificate: those under which the API server calls a Service.</summary>
    public IReadOnlyList<string> DnsNames => [$"{Service}.{Namespace}.svc", $"{Service}.{Namespace}.svc.cluster.local"];
}
