namespace PodEip.Claims.Egress;

/// <summary>How packets to the internet leave a subnet, for sources that have an address of their own.</summary>
public enum EgressWay
{
    /// <summary>No route leads to the internet: the source's address is used.</summary>
    NoRoute,

    /// <summary>A route with next hop EIP goes before others: the source's address is used.</summary>
    EipRoute,

    /// <summary>For some destinations another next hop goes first, and the address is not used.</summary>
    Diverted,
}
