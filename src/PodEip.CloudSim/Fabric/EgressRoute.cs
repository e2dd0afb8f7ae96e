namespace PodEip.CloudSim.Fabric;

/// <summary>A route of a table that decides how packets leave for the internet.</summary>
/// <param name="Destination">IPv4 range.</param>
/// <param name="Hop">Where it leads.</param>
/// <param name="NatIp">The NAT gateway's public IP; null when it has none or it is another gateway, and packets end there.</param>
internal sealed record EgressRoute(string Destination, EgressHop Hop, string? NatIp);
