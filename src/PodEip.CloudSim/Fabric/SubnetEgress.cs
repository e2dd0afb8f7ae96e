using System.Collections.Immutable;

namespace PodEip.CloudSim.Fabric;

/// <summary>What the route table of a subnet says about the internet.</summary>
/// <param name="Cidr">The subnet's range.</param>
/// <param name="Routes">Its routes, first match first.</param>
internal sealed record SubnetEgress(string Cidr, ImmutableArray<EgressRoute> Routes);
