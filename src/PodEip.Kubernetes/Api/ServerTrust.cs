using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using k8s;

namespace PodEip.Kubernetes.Api;

/// <summary>
/// Whom we believe to be the API server. Where the settings give a CA, it alone counts, as with kubectl: its certificates are the
/// anchors, the name has to match, and the system's certificates count for nothing. Where they give none, the system's certificates decide.
/// </summary>
internal static class ServerTrust
{
    /// <summary>Puts the settings' trust in place of the library's, which lets a wrong host name pass where the CA is not one of the system's.</summary>
    /// <param name="handler">The transport, not used yet.</param>
    /// <param name="configuration">The settings.</param>
    public static void Apply(SocketsHttpHandler handler, KubernetesClientConfiguration configuration)
    {
        var tls = handler.SslOptions;
        if (configuration.SkipTlsVerify || configuration.SslCaCerts is not { Count: > 0 } anchors)
        {
            return;
        }

        tls.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        tls.CertificateChainPolicy.CustomTrustStore.AddRange(anchors);
        tls.RemoteCertificateValidationCallback = (_, _, chain, errors) =>
            errors is SslPolicyErrors.None || (errors is SslPolicyErrors.RemoteCertificateChainErrors && chain is not null && EndsInAnchor(chain, anchors));
    }

    /// <summary>Whether the system's certificates decide.</summary>
    public static bool IsTheSystems(KubernetesClientConfiguration configuration) => !configuration.SkipTlsVerify && configuration.SslCaCerts is not { Count: > 0 };

    // .NET wants a chain to end in a self-signed certificate. A CA of a kubeconfig may be signed by another, and is an anchor all the same.
    private static bool EndsInAnchor(X509Chain chain, X509Certificate2Collection anchors) =>
        chain.ChainStatus.All(status => status.Status is X509ChainStatusFlags.PartialChain)
        && chain.ChainElements is [.., { Certificate: var last }]
        && anchors.Any(anchor => anchor.RawDataMemory.Span.SequenceEqual(last.RawDataMemory.Span));
}
