namespace PodEip.Claims.Egress;

/// <summary>What became of a route that this system set out to add.</summary>
public enum ManagedRouteState
{
    /// <summary>Written down before the call: it may be there.</summary>
    Adding,

    /// <summary>It was added, and is to be removed when no bound Pod needs it.</summary>
    Added,

    /// <summary>It was added, and somebody removed it or switched it off: it is never added again.</summary>
    LeftAlone,
}

/// <summary>An EIP route of a route table, as the record in Kubernetes tells of it.</summary>
/// <param name="RouteTableId">The table.</param>
/// <param name="Destination">IPv4 range.</param>
/// <param name="State">What became of it.</param>
public sealed record ManagedRoute(string RouteTableId, string Destination, ManagedRouteState State);
