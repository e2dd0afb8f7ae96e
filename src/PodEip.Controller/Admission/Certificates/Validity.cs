using System.Security.Cryptography.X509Certificates;

namespace PodEip.Controller.Admission.Certificates;

/// <summary>When certificates hold. The library gives local times without saying so.</summary>
internal static class Validity
{
    public static DateTimeOffset Begin(this X509Certificate2 certificate) => new(certificate.NotBefore.ToUniversalTime(), TimeSpan.Zero);

    public static DateTimeOffset End(this X509Certificate2 certificate) => new(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);
}
