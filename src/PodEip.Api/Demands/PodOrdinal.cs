using System.Collections.Frozen;
using System.Globalization;

namespace PodEip.Api.Demands;

/// <summary>The number at the end of a Pod's name, which picks its address from the id list.</summary>
public static class PodOrdinal
{
    /// <summary>
    /// Owners whose Pods end in random characters (or, for a Node, in the node's name). The alphabet of generated names has digits,
    /// so such an ending may be all digits by chance and must not be taken for a number.
    /// </summary>
    private static readonly FrozenSet<(string Group, string Kind)> RandomSuffix = new[]
    {
        ("", "Node"),
        ("", "ReplicationController"),
        ("apps", "ReplicaSet"),
        ("extensions", "ReplicaSet"),
        ("apps", "DaemonSet"),
        ("extensions", "DaemonSet"),
        ("batch", "Job"),
        ("apps.kruise.io", "CloneSet"),
        ("apps.kruise.io", "DaemonSet"),
        ("apps.kruise.io", "BroadcastJob"),
        ("argoproj.io", "Workflow"),
        ("agones.dev", "GameServer"),
    }.ToFrozenSet();

    /// <summary>The number after the last dash: <c>web-12</c> gives 12.</summary>
    /// <param name="podName">Name of the Pod.</param>
    /// <param name="owner">Kind of its controlling owner; null for a bare Pod, whose number counts.</param>
    /// <returns>The number, at least 0; null when the name has none: no digits there, a leading zero (which no workload writes, and which would let two names share a number), too large for 32 bits, or an owner of the table.</returns>
    public static int? Of(string podName, OwnerKind? owner)
    {
        ArgumentNullException.ThrowIfNull(podName);
        if (owner is { } kind && RandomSuffix.Contains((kind.Group, kind.Kind)))
        {
            return null;
        }

        var dash = podName.LastIndexOf('-');
        var digits = podName.AsSpan(dash + 1);
        if (dash < 1 || digits.IsEmpty || (digits[0] == '0' && digits.Length > 1))
        {
            return null;
        }

        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
