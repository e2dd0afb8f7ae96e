namespace PodEip.Dev.ControlPlane;

/// <summary>A certificate and its private key.</summary>
/// <param name="CertificatePem">The certificate, PEM.</param>
/// <param name="KeyPem">The key, PKCS#8 PEM.</param>
public sealed record Credential(string CertificatePem, string KeyPem)
{
    /// <summary>Prints nothing of the key.</summary>
    public override string ToString() => nameof(Credential);

    internal void Save(string certificateFile, string keyFile)
    {
        PrivateFile.Write(certificateFile, CertificatePem);
        PrivateFile.Write(keyFile, KeyPem);
    }
}
