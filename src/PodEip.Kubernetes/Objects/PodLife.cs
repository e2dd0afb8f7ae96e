using System.Net;
using System.Net.Sockets;

namespace PodEip.Kubernetes.Objects;

/// <summary>Reads from a Pod's status how far its life has come, and where it can be reached.</summary>
public static class PodLife
{
    /// <summary>Its own IPv4: the first one, never the node's; null while it has none.</summary>
    public static string? PrivateIp(PodObject pod)
    {
        if (pod.Spec is { HostNetwork: true } || pod.Status is not { } status)
        {
            return null;
        }

        foreach (var ip in status.PodIPs ?? [])
        {
            if (IsIPv4(ip?.Ip))
            {
                return ip!.Ip;
            }
        }

        return IsIPv4(status.PodIP) ? status.PodIP : null;
    }

    /// <summary>
    /// Nothing of it runs, or ever will: its phase says so; or it is ending and was never given to a node; or it is ending and every
    /// container the kubelet reports has terminated. An ending Pod whose containers are still waiting is not counted: its kubelet may
    /// be starting one this moment, and the object goes away soon.
    /// </summary>
    public static bool HasEnded(PodObject pod)
    {
        if (pod.Status?.Phase is "Succeeded" or "Failed")
        {
            return true;
        }

        if (!pod.Metadata.IsTerminating)
        {
            return false;
        }

        return string.IsNullOrEmpty(pod.Spec?.NodeName)
            || (pod.Status is { ContainerStatuses.Count: > 0 } status
                && AllTerminated(status.ContainerStatuses)
                && AllTerminated(status.InitContainerStatuses)
                && AllTerminated(status.EphemeralContainerStatuses));
    }

    private static bool AllTerminated(IReadOnlyList<PodObjectContainer>? containers) => containers is null || containers.All(c => c?.State?.Terminated is not null);

    // The parser takes "10.1" for an address too; only the dotted form of four numbers is one here.
    private static bool IsIPv4(string? text) =>
        text is not null && IPAddress.TryParse(text, out var ip) && ip.AddressFamily is AddressFamily.InterNetwork && ip.ToString() == text;
}
