namespace PodEip.Api.Demands;

/// <summary>Tells from a Pod how it is connected.</summary>
internal static class NetworkReader
{
    /// <summary>
    /// The mode, and the reason when it is not VPC-CNI. The annotation may be a list; an entry may carry a namespace before and an
    /// interface after the name, as Multus writes them (<c>kube-system/tke-route-eni@eth0</c>). The first ENI network counts.
    /// </summary>
    public static (NetworkMode Mode, string? Reason) Read(string? networks, bool hostNetwork, DemandSettings settings)
    {
        if (hostNetwork)
        {
            return (NetworkMode.NotVpcCni, "the Pod uses the node's network (hostNetwork), so that it has no private IP of its own");
        }

        if (string.IsNullOrWhiteSpace(networks))
        {
            return settings.DefaultNetwork switch
            {
                DefaultNetwork.RouteEni => (NetworkMode.SharedEni, null),
                DefaultNetwork.DirectEni => (NetworkMode.ExclusiveEni, null),
                _ => (NetworkMode.NotVpcCni, $"the Pod has no annotation {settings.Names.Networks}, and VPC-CNI is not the default here: want {PodEipNames.RouteEni} or {PodEipNames.DirectEni}"),
            };
        }

        foreach (var entry in networks.Split(','))
        {
            switch (Name(entry))
            {
                case PodEipNames.RouteEni:
                    return (NetworkMode.SharedEni, null);
                case PodEipNames.DirectEni:
                    return (NetworkMode.ExclusiveEni, null);
            }
        }

        return (NetworkMode.NotVpcCni, $"annotation {settings.Names.Networks} is {Quoted.Value(networks)}: want {PodEipNames.RouteEni} or {PodEipNames.DirectEni} in it");
    }

    private static string Name(string entry)
    {
        var name = entry.AsSpan().Trim();
        var slash = name.IndexOf('/');
        name = slash < 0 ? name : name[(slash + 1)..];
        var at = name.IndexOf('@');
        return (at < 0 ? name : name[..at]).ToString();
    }
}
