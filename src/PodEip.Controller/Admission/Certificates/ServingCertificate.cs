using System.Security.Cryptography.X509Certificates;

namespace PodEip.Controller.Admission.Certificates;

/// <summary>The certificate that new connections are shown; replaced while connections go on.</summary>
public sealed class ServingCertificate
{
    private volatile X509Certificate2? _current;
    private KeyPair? _pair;

    /// <summary>The present one; null before the first.</summary>
    public X509Certificate2? Current => _current;

    /// <summary>Shows another from now on. The one before is not disposed: a handshake may be using it.</summary>
    /// <returns>False when it is the one that is shown already.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It can't be read.</exception>
    public bool Show(KeyPair pair)
    {
        if (pair == _pair)
        {
            return false;
        }

        _current = pair?.Open();
        _pair = pair;
        return true;
    }
}
