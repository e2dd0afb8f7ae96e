using System.Collections.ObjectModel;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace PodEip.Kubernetes.Api;

/// <summary>
/// Shows the server our certificate as it is. Left to itself, .NET first looks for certificates between ours and a root, for
/// which it reads all of the system's; those of a cluster's users are never there.
/// </summary>
internal static class ClientCertificate
{
    /// <summary>Takes the certificate that the library has put among those to choose from.</summary>
    /// <param name="handler">The transport, not used yet.</param>
    public static void Apply(SocketsHttpHandler handler)
    {
        var tls = handler.SslOptions;
        if (OperatingSystem.IsLinux() && tls.ClientCertificates is [X509Certificate2 { HasPrivateKey: true } certificate] && Context(certificate) is { } context)
        {
            tls.LocalCertificateSelectionCallback = null;
            tls.ClientCertificateContext = context;
        }
    }

    /// <summary>The certificate with none between; null where this runtime's constructor is another, and .NET has to look.</summary>
    internal static SslStreamCertificateContext? Context(X509Certificate2 certificate)
    {
        try
        {
            return New(certificate, ReadOnlyCollection<X509Certificate2>.Empty, null);
        }
        catch (MissingMethodException)
        {
            return null;
        }
    }

    // The public Create always looks.
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern SslStreamCertificateContext New(X509Certificate2 target, ReadOnlyCollection<X509Certificate2> between, SslCertificateTrust? trust);
}
