using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s.KubeConfigModels;

namespace PodEip.Kubernetes.Api;

/// <summary>Reads the CAs that stand in a kubeconfig itself: all of them, for there are two while a cluster changes its own. The library takes the first only.</summary>
internal static class KubeconfigAuthorities
{
    /// <summary>Those of a context's cluster; null when none stand there as PEM.</summary>
    public static X509Certificate2Collection? Of(K8SConfiguration merged, string? context)
    {
        var cluster = merged.Contexts.FirstOrDefault(c => c.Name == context)?.ContextDetails?.Cluster;
        if (merged.Clusters.FirstOrDefault(c => c.Name == cluster)?.ClusterEndpoint?.CertificateAuthorityData is not { Length: > 0 } data)
        {
            return null;
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(Encoding.UTF8.GetString(Convert.FromBase64String(data)));
        return authorities.Count > 0 ? authorities : null;
    }
}
