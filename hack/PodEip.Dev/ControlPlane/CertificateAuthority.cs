using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PodEip.Dev.ControlPlane;

/// <summary>A certificate authority of our own: ECDSA P-256, for one local control plane.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(3650);
    private readonly X509Certificate2 _certificate;

    private CertificateAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>The authority's certificate, without its key.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>Makes a new authority.</summary>
    public static CertificateAuthority Create(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var (from, until) = Period();
        return new(request.CreateSelfSigned(from, until));
    }

    /// <summary>Reads an authority that <see cref="Save"/> wrote.</summary>
    public static CertificateAuthority Load(string certificateFile, string keyFile) => new(X509Certificate2.CreateFromPemFile(certificateFile, keyFile));

    /// <summary>Writes certificate and key as PEM files.</summary>
    public void Save(string certificateFile, string keyFile)
    {
        using var key = _certificate.GetECDsaPrivateKey()!;
        PrivateFile.Write(certificateFile, CertificatePem);
        PrivateFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Issues a certificate that serves as a server's and as a client's.</summary>
    /// <param name="user">The common name: to Kubernetes, the user.</param>
    /// <param name="groups">The organisations: to Kubernetes, the user's groups.</param>
    /// <param name="hosts">DNS names and IP addresses it may serve under; empty for a client.</param>
    public Credential Issue(string user, IEnumerable<string> groups, params IEnumerable<string> hosts)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        foreach (var group in groups)
            subject.AddOrganizationName(group);
        subject.AddCommonName(user);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        var served = hosts.ToList();
        foreach (var host in served)
        {
            if (IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }

        if (served.Count > 0)
            request.CertificateExtensions.Add(names.Build());
        var (from, until) = Period();
        using var issued = request.Create(_certificate, from, until.AddHours(-1), SerialNumber());
        return new(issued.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();

    private static (DateTimeOffset From, DateTimeOffset Until) Period()
    {
        var now = TimeProvider.System.GetUtcNow();
        return (now.AddHours(-1), now + Validity);
    }

    private static byte[] SerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7f; // positive
        serial[0] |= 0x01; // and not shortened
        return serial;
    }
}
