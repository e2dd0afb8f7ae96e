using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PodEip.Kubernetes.Tests.Fakes;

/// <summary>Issues certificates for a test.</summary>
internal sealed class Authority : IDisposable
{
    private Authority(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>Its certificate, with the key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>As a kubeconfig holds it.</summary>
    public string Data => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(Certificate.ExportCertificatePem()));

    /// <summary>A new one that nobody signed.</summary>
    public static Authority Root(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new(Request(name, key).CreateSelfSigned(Now.AddDays(-2), Now.AddDays(2)));
    }

    /// <summary>A new one that this one signs.</summary>
    public Authority Under(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Request(name, key).Create(Certificate, Now.AddDays(-2), Now.AddDays(1.5), RandomNumberGenerator.GetBytes(8));
        return new(issued.CopyWithPrivateKey(key));
    }

    /// <summary>A certificate of a server, or of a user.</summary>
    /// <param name="name">Its common name, which says nothing about hosts.</param>
    /// <param name="host">Host name or IP address it may serve under; null for none.</param>
    /// <param name="days">From now, how long it holds.</param>
    public X509Certificate2 Issue(string name, string? host, double days = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        if (host is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }

            request.CertificateExtensions.Add(names.Build());
        }

        using var issued = request.Create(Certificate, Now.AddDays(-1.5), Now.AddDays(days), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    public void Dispose() => Certificate.Dispose();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static CertificateRequest Request(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request;
    }
}
