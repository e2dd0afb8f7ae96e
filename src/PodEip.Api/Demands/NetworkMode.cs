namespace PodEip.Api.Demands;

/// <summary>How a Pod is connected, as far as can be told before it has an IP.</summary>
public enum NetworkMode
{
    /// <summary>VPC-CNI, a private IP on an ENI that Pods share.</summary>
    SharedEni,

    /// <summary>VPC-CNI, an ENI of its own.</summary>
    ExclusiveEni,

    /// <summary>Not on an ENI: an address cannot be bound.</summary>
    NotVpcCni,
}
