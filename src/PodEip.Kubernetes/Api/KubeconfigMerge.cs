using k8s;
using k8s.KubeConfigModels;

namespace PodEip.Kubernetes.Api;

/// <summary>
/// Reads several kubeconfig files as one: of equal names the first file's entry wins, and file paths inside are relative to the
/// file that holds them (kubernetes.io: "Organizing Cluster Access Using kubeconfig Files").
/// </summary>
internal static class KubeconfigMerge
{
    public static K8SConfiguration Load(IReadOnlyList<FileInfo> files)
    {
        var loaded = files.Select(file => Absolute(KubernetesClientConfiguration.LoadKubeConfig(file), file)).ToList();
        return new K8SConfiguration
        {
            ApiVersion = "v1",
            Kind = "Config",
            FileName = files[0].FullName,
            CurrentContext = loaded.Select(c => c.CurrentContext).FirstOrDefault(name => !string.IsNullOrEmpty(name)),
            Contexts = loaded.SelectMany(c => c.Contexts ?? []).DistinctBy(c => c.Name).ToList(),
            Clusters = loaded.SelectMany(c => c.Clusters ?? []).DistinctBy(c => c.Name).ToList(),
            Users = loaded.SelectMany(c => c.Users ?? []).DistinctBy(c => c.Name).ToList(),
        };
    }

    private static K8SConfiguration Absolute(K8SConfiguration configuration, FileInfo file)
    {
        var folder = file.DirectoryName!;
        foreach (var endpoint in (configuration.Clusters ?? []).Select(c => c.ClusterEndpoint).OfType<ClusterEndpoint>())
        {
            endpoint.CertificateAuthority = In(folder, endpoint.CertificateAuthority);
        }

        foreach (var user in (configuration.Users ?? []).Select(u => u.UserCredentials).OfType<UserCredentials>())
        {
            user.ClientCertificate = In(folder, user.ClientCertificate);
            user.ClientKey = In(folder, user.ClientKey);
        }

        return configuration;
    }

    private static string? In(string folder, string? path) => string.IsNullOrEmpty(path) ? path : Path.Combine(folder, path);
}
