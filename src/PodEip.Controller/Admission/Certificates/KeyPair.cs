using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PodEip.Controller.Admission.Certificates;

/// <summary>A certificate and its private key, in PEM.</summary>
/// <param name="Certificate">One certificate.</param>
/// <param name="Key">Its key, PKCS #8.</param>
public sealed record KeyPair(string Certificate, string Key)
{
    /// <summary>The two as one, ready to sign or to serve.</summary>
    /// <exception cref="CryptographicException">They can't be read, or don't belong together.</exception>
    public X509Certificate2 Open() => X509Certificate2.CreateFromPem(Certificate, Key);

    /// <inheritdoc/>
    public override string ToString() => "(a certificate and its key)";
}
