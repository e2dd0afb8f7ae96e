using System.Collections.Immutable;

namespace PodEip.CloudSim.Fabric;

/// <summary>The network that a state of the cloud asks for.</summary>
internal sealed record FabricPlan
{
    /// <summary>A network without anything.</summary>
    public static FabricPlan Empty { get; } = new();

    /// <summary>CVMs, each a namespace.</summary>
    public ImmutableSortedSet<string> Cvms { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>ENIs by id.</summary>
    public ImmutableSortedDictionary<string, FabricLeg> Legs { get; init; } = ImmutableSortedDictionary.Create<string, FabricLeg>(StringComparer.Ordinal);

    /// <summary>Bound addresses, ordinary public IPs too.</summary>
    public ImmutableSortedDictionary<string, PublicMapping> Mappings { get; init; } = ImmutableSortedDictionary.Create<string, PublicMapping>(StringComparer.Ordinal);

    /// <summary>Route tables as the subnets see them.</summary>
    public ImmutableArray<SubnetEgress> Egress { get; init; } = [];

    /// <summary>The VPC's ranges.</summary>
    public ImmutableArray<string> VpcCidrs { get; init; } = [];
}
