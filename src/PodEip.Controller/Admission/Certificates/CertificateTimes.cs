namespace PodEip.Controller.Admission.Certificates;

/// <summary>How long certificates live, and how far their changes are apart.</summary>
public static class CertificateTimes
{
    /// <summary>Life of an authority.</summary>
    public static readonly TimeSpan Authority = TimeSpan.FromDays(365);

    /// <summary>Life of a serving certificate.</summary>
    public static readonly TimeSpan Serving = TimeSpan.FromDays(90);

    /// <summary>Clocks may be apart by so much: certificates are dated back.</summary>
    public static readonly TimeSpan Backdate = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A new authority is known to API servers for so long before anything that it signed is shown, and an old one is trusted for so
    /// long after the last replica showed what that signed. Many times the interval at which replicas look (<see cref="Look"/>).
    /// </summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    /// <summary>How often each replica looks.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    /// <summary>The moment after which a certificate is replaced: two thirds of its life.</summary>
    public static DateTimeOffset RenewAt(DateTimeOffset notBefore, DateTimeOffset notAfter) => notBefore + ((notAfter - notBefore) * 2 / 3);
}
