using System.Globalization;
using System.Net;

namespace PodEip.CloudSim.Fabric;

/// <summary>Writes the commands that lead from one network to another. Pure.</summary>
internal static class FabricCommands
{
    /// <summary>The router's own address towards every ENI, a link-local one as the gateway of a point-to-point line.</summary>
    private const string FarEnd = "169.254.255.1";

    /// <summary>Stands at the router for whatever is at the other end of an ENI's line; its MAC is the ENI's.</summary>
    private const string NearEnd = "169.254.255.2";

    /// <summary>The router, the internet, and the line between them.</summary>
    public static IEnumerable<IpCommand> Backbone(FabricOptions options)
    {
        yield return new(options.RouterNamespace, $"link set lo up");
        yield return new(options.WorldNamespace, $"link set lo up");
        yield return new(options.RouterNamespace, $"link add {RouterRules.WorldSide} type veth peer name eth0 netns {options.WorldNamespace}");
        yield return new(options.RouterNamespace, $"addr add {FarEnd}/32 dev {RouterRules.WorldSide}");
        yield return new(options.RouterNamespace, $"link set {RouterRules.WorldSide} up");
        foreach (var address in (IPAddress[])[options.World, options.Elsewhere])
        {
            yield return new(options.RouterNamespace, $"route add {address} dev {RouterRules.WorldSide}");
            yield return new(options.WorldNamespace, $"addr add {address}/32 dev eth0");
        }

        yield return new(options.WorldNamespace, $"link set eth0 up");
        yield return new(options.WorldNamespace, $"route add default via {FarEnd} dev eth0 onlink src {options.World}");
    }

    /// <summary>The simulator's own namespace as a host of the VPC's router.</summary>
    /// <param name="options">With an address to attach.</param>
    /// <param name="ourSide">Name of the interface in the simulator's namespace.</param>
    /// <param name="pid">Of a process in that namespace.</param>
    /// <param name="vpcCidrs">The VPC's ranges.</param>
    public static IEnumerable<IpCommand> Attach(FabricOptions options, string ourSide, int pid, IEnumerable<string> vpcCidrs)
    {
        yield return new(options.RouterNamespace, string.Create(CultureInfo.InvariantCulture, $"link add control type veth peer name {ourSide} netns {pid}"));
        yield return new(options.RouterNamespace, $"addr add {FarEnd}/32 dev control");
        yield return new(options.RouterNamespace, $"link set control up");
        yield return new(options.RouterNamespace, $"route add {options.Attach} dev control");
        yield return new(null, $"addr add {options.Attach}/32 dev {ourSide}");
        yield return new(null, $"link set {ourSide} up");
        foreach (var cidr in vpcCidrs)
            yield return new(null, $"route add {cidr} via {FarEnd} dev {ourSide} onlink src {options.Attach}");
    }

    /// <summary>A new ENI's cable, without its private IPs.</summary>
    public static IEnumerable<IpCommand> Plug(FabricOptions options, FabricLeg leg)
    {
        var (router, host) = (options.RouterNamespace, options.NamespaceOf(leg.CvmId));
        var mac = leg.Mac.Length == 0 ? "" : $" address {leg.Mac}";
        yield return new(router, $"link add {leg.RouterSide} type veth peer name {leg.HostSide}{mac} netns {host}");
        yield return new(router, $"addr add {leg.Gateway}/32 dev {leg.RouterSide}");
        yield return new(router, $"link set {leg.RouterSide} up");
        if (leg.Mac.Length != 0)
            yield return new(router, $"neigh replace {NearEnd} lladdr {leg.Mac} dev {leg.RouterSide} nud permanent");
        yield return new(host, $"link set {leg.HostSide} up");
        if (!leg.IsPrimary)
            yield break;
        yield return new(host, string.Create(CultureInfo.InvariantCulture, $"addr add {leg.PrimaryIp}/{leg.PrefixLength} dev {leg.HostSide}"));
        yield return new(host, $"route add default via {leg.Gateway} dev {leg.HostSide}");
    }

    /// <summary>An ENI that is gone; its CVM may be gone too, and the cable with it.</summary>
    public static IpCommand Unplug(FabricOptions options, FabricLeg leg) => new(options.RouterNamespace, $"link del {leg.RouterSide}");

    /// <summary>Private IPs that came to an ENI and went from it.</summary>
    public static IEnumerable<IpCommand> Ips(FabricOptions options, FabricLeg? before, FabricLeg now)
    {
        foreach (var ip in now.Ips.Except(before?.Ips ?? [], StringComparer.Ordinal))
            yield return new(options.RouterNamespace, $"route replace {ip} via {NearEnd} dev {now.RouterSide} onlink");
    }

    /// <summary>Private IPs that are on no ENI any more.</summary>
    public static IEnumerable<IpCommand> GoneIps(FabricOptions options, FabricPlan before, FabricPlan now)
    {
        var present = now.Legs.Values.SelectMany(leg => leg.Ips).ToHashSet(StringComparer.Ordinal);
        return
            from leg in before.Legs.Values
            where now.Legs.TryGetValue(leg.EniId, out var kept) && kept.Cable == leg.Cable
            from ip in leg.Ips
            where !present.Contains(ip)
            select new IpCommand(options.RouterNamespace, $"route del {ip} dev {leg.RouterSide}");
    }
}
