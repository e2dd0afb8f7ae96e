using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PodEip.Controller.Admission.Certificates;

/// <summary>All that is kept about the self-managed certificate.</summary>
/// <param name="Authority">The authority that signs, newest.</param>
/// <param name="Serving">What the webhook shows.</param>
/// <param name="Trusted">Certificates of every authority that the API server is to trust, newest first, in PEM.</param>
public sealed record CertificateState(KeyPair Authority, KeyPair Serving, IReadOnlyList<string> Trusted)
{
    /// <summary>The authorities in one text, as <c>caBundle</c> takes it.</summary>
    public string Bundle => string.Join("\n", Trusted) + "\n";

    /// <summary>Splits a bundle into its certificates.</summary>
    /// <exception cref="CryptographicException">It holds something else.</exception>
    public static IReadOnlyList<string> Split(string bundle)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(bundle);
        try
        {
            return [.. all.Select(certificate => certificate.ExportCertificatePem())];
        }
        finally
        {
            foreach (var certificate in all)
            {
                certificate.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => "(the webhook's certificates)";
}
