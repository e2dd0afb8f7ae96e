using PodEip.CloudSim.Model.Storage;

namespace PodEip.CloudSim.Model.Routing;

/// <summary>
/// How a packet finds its way, in the documented order: inside the VPC; the longest prefix; of equal prefixes EIP (for sources that have a
/// public IP), then NAT, NORMAL_CVM, CVM, the rest; without a route the public IP of the source.
/// </summary>
public static class RouteLookup
{
    /// <summary>The next hop.</summary>
    /// <param name="vpc">The VPC of the source.</param>
    /// <param name="routes">The routes of the subnet's table.</param>
    /// <param name="destination">IPv4 address.</param>
    /// <param name="sourceHasPublicIp">The source's private IP has a public address.</param>
    public static NextHop Find(Vpc vpc, IEnumerable<Route> routes, string destination, bool sourceHasPublicIp)
    {
        var address = Ipv4Range.ToNumber(destination) ?? throw new CloudFault("InvalidParameterValue.Malformed", $"`{destination}` is no IPv4 address.");
        if (Ipv4Range.Parse(vpc.Cidr)!.Value.Contains(address))
        {
            return new NextHop(NextHopKind.Local);
        }

        var best = routes
            .Where(r => r.Enabled && (sourceHasPublicIp || r.GatewayType != GatewayTypes.Eip))
            .Select(r => (Route: r, Range: RouteRange.Parse(r.Destination)))
            .Where(r => r.Range is { } range && range.Contains(address))
            .OrderByDescending(r => r.Range!.Value.Bits)
            .ThenBy(r => Rank(r.Route.GatewayType))
            .Select(r => r.Route)
            .FirstOrDefault();
        return best switch
        {
            { GatewayType: GatewayTypes.Eip } => new NextHop(NextHopKind.PublicIp, best),
            not null => new NextHop(NextHopKind.Gateway, best),
            null => new NextHop(sourceHasPublicIp ? NextHopKind.PublicIp : NextHopKind.None),
        };
    }

    /// <summary>Of routes with equal destinations the lowest wins.</summary>
    internal static int Rank(string gatewayType) => gatewayType switch
    {
        GatewayTypes.Eip => 0,
        GatewayTypes.Nat => 1,
        GatewayTypes.Cvm => 2,
        GatewayTypes.PublicGateway => 3,
        _ => 4,
    };
}
