using System.Collections.Immutable;

namespace PodEip.CloudSim.Fabric;

/// <summary>Where a route towards the internet leads.</summary>
internal enum EgressHop
{
    /// <summary>The source's own public IP, next hop type <c>EIP</c>.</summary>
    PublicIp,

    /// <summary>A NAT gateway, or another gateway, which this network does not build.</summary>
    Gateway,
}

/// <summary>A route of a table that decides how packets leave for the internet.</summary>
/// <param name="Destination">IPv4 range.</param>
/// <param name="Hop">Where it leads.</param>
/// <param name="NatIp">The NAT gateway's public IP; null when it has none or it is another gateway, and packets end there.</param>
internal sealed record EgressRoute(string Destination, EgressHop Hop, string? NatIp);

/// <summary>What the route table of a subnet says about the internet.</summary>
/// <param name="Cidr">The subnet's range.</param>
/// <param name="Routes">Its routes, first match first.</param>
internal sealed record SubnetEgress(string Cidr, ImmutableArray<EgressRoute> Routes);
