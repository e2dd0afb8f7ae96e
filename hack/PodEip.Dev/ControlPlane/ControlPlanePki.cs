using System.Net;
using System.Security.Cryptography;

namespace PodEip.Dev.ControlPlane;

/// <summary>
/// The keys and certificates of one control plane, kept in its folder and used again when it is restarted. etcd has an authority of its own,
/// so that a user's certificate opens no way around the API server.
/// </summary>
internal sealed class ControlPlanePki : IDisposable
{
    /// <summary>Names the files of a service account's signing key.</summary>
    public const string ServiceAccount = "service-account";

    private readonly CertificateAuthority _cluster;

    private ControlPlanePki(CertificateAuthority cluster) => _cluster = cluster;

    /// <summary>The certificate that clients check the API server by.</summary>
    public string CaPem => _cluster.CertificatePem;

    /// <summary>Reads what the folder holds, or makes it.</summary>
    public static ControlPlanePki Ensure(ControlPlaneFiles files, IPAddress bindAddress, IPNetwork services)
    {
        // The mark is written last, so a half-made folder is made again.
        var complete = Path.Combine(files.Pki, "complete");
        if (File.Exists(complete))
            return new(CertificateAuthority.Load(files.Certificate("ca"), files.Key("ca")));

        using var etcd = CertificateAuthority.Create("podeip-local-etcd-ca");
        etcd.Save(files.Certificate("etcd-ca"), files.Key("etcd-ca"));
        SaveTo(files, "etcd", etcd.Issue("etcd", [], "localhost", "127.0.0.1"));
        SaveTo(files, "etcd-client", etcd.Issue("kube-apiserver", []));

        var cluster = CertificateAuthority.Create("podeip-local-ca");
        cluster.Save(files.Certificate("ca"), files.Key("ca"));
        SaveTo(files, "apiserver", cluster.Issue("kube-apiserver", [],
            "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local",
            "localhost", "127.0.0.1", bindAddress.ToString(), FirstOf(services).ToString()));
        SaveTo(files, "kubelet-client", cluster.Issue("kube-apiserver-kubelet-client", ["system:masters"]));
        foreach (var component in (string[])["kube-controller-manager", "kube-scheduler"])
            SaveTo(files, component, cluster.Issue("system:" + component, [], "localhost", "127.0.0.1"));

        using var tokens = RSA.Create(2048);
        PrivateFile.Write(files.Key(ServiceAccount), tokens.ExportRSAPrivateKeyPem());
        PrivateFile.Write(files.Certificate(ServiceAccount), tokens.ExportSubjectPublicKeyInfoPem());
        PrivateFile.Write(complete, string.Empty);
        return new(cluster);
    }

    /// <summary>Issues a certificate that Kubernetes reads as this user in these groups.</summary>
    public Credential IssueUser(string user, IEnumerable<string> groups) => _cluster.Issue(user, groups);

    /// <inheritdoc/>
    public void Dispose() => _cluster.Dispose();

    private static void SaveTo(ControlPlaneFiles files, string name, Credential credential) =>
        credential.Save(files.Certificate(name), files.Key(name));

    private static IPAddress FirstOf(IPNetwork network)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        bytes[^1]++;
        return new IPAddress(bytes);
    }
}
