using System.Globalization;

namespace PodEip.Kubernetes.Objects;

/// <summary>Writes times as <c>metav1.MicroTime</c> and <c>metav1.Time</c> want them.</summary>
public static class MicroTime
{
    /// <summary>RFC 3339 with exactly six decimals, UTC.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    /// <summary>RFC 3339 to the second, UTC.</summary>
    public static string FormatSeconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
