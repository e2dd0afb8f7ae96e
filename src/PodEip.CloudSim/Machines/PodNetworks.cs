using PodEip.CloudSim.Machines.Pods;

namespace PodEip.CloudSim.Machines;

/// <summary>How a Pod gets its IP.</summary>
internal enum PodNetwork
{
    /// <summary>The Node's own IP.</summary>
    Host,

    /// <summary>A secondary IP of an ENI that Pods share.</summary>
    SharedEni,

    /// <summary>The primary IP of an ENI of its own.</summary>
    DirectEni,

    /// <summary>An IP that is on no ENI.</summary>
    Off,
}

/// <summary>The values of the <c>networks</c> annotation.</summary>
internal static class PodNetworks
{
    public const string SharedEni = "tke-route-eni";

    public const string DirectEni = "tke-direct-eni";

    /// <summary>Decides by hostNetwork, the annotation (a list may name several networks) and the default.</summary>
    public static PodNetwork Of(PodRecord pod, string defaultNetwork)
    {
        if (pod.HostNetwork)
        {
            return PodNetwork.Host;
        }

        var names = (pod.Networks ?? defaultNetwork).Split(',', StringSplitOptions.TrimEntries);
        return names.Contains(DirectEni) ? PodNetwork.DirectEni : names.Contains(SharedEni) ? PodNetwork.SharedEni : PodNetwork.Off;
    }
}
