using System.Net;
using PodEip.Agent.Masquerade;
using PodEip.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Agent.Inputs;

/// <summary>A Pod of this node that has an EIP bound.</summary>
/// <param name="Address">Its private IPv4.</param>
public sealed record BoundPod(IpRange Address)
{
    /// <summary>
    /// The record of a Pod; null unless it lives, has an address of its own, and the controller says by its annotation that an EIP is bound to it.
    /// A Pod on its node's network shares the node's address, which is never excepted.
    /// </summary>
    /// <param name="pod">The Pod.</param>
    /// <param name="names">The names under the operator's annotation prefix.</param>
    public static BoundPod? Of(PodObject pod, PodEipNames names)
    {
        ArgumentNullException.ThrowIfNull(pod);
        ArgumentNullException.ThrowIfNull(names);
        if (pod.Metadata.Annotations?.GetValueOrDefault(names.EipPublicIp) is not { Length: > 0 } || PodLife.HasEnded(pod) || PodLife.PrivateIp(pod) is not { } ip)
        {
            return null;
        }

        var number = IpRange.Number(IPAddress.Parse(ip));
        return new BoundPod(new IpRange(IpFamily.V4, number, number));
    }
}
