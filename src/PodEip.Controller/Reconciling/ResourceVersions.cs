using System.Globalization;

namespace PodEip.Controller.Reconciling;

/// <summary>
/// Order of resource versions of one resource. Kubernetes long called them opaque and now promises that they compare as
/// numbers; where one is no number, the watch is taken at its word.
/// </summary>
internal static class ResourceVersions
{
    /// <summary>True when <paramref name="seen"/> is as new as <paramref name="written"/>, or that can't be told.</summary>
    public static bool IsAtLeast(string? seen, string? written) =>
        !ulong.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var a)
        || !ulong.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var b)
        || a >= b;
}
