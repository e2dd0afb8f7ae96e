namespace PodEip.CloudSim.Fabric;

/// <summary>Where a route towards the internet leads.</summary>
internal enum EgressHop
{
    /// <summary>The source's own public IP, next hop type <c>EIP</c>.</summary>
    PublicIp,

    /// <summary>A NAT gateway, or another gateway, which this network does not build.</summary>
    Gateway,
}
