namespace PodEip.CloudSim.Model.Routing;

/// <summary>Where a packet goes.</summary>
public enum NextHopKind
{
    /// <summary>To another address of the VPC.</summary>
    Local,

    /// <summary>Out, with the public IP of its source: by a route with next hop EIP, or because no route fits.</summary>
    PublicIp,

    /// <summary>To the gateway of <see cref="NextHop.Route"/>.</summary>
    Gateway,

    /// <summary>Nowhere: no route fits and the source has no public IP.</summary>
    None,
}

/// <summary>The answer of a look into a route table.</summary>
/// <param name="Kind">Where the packet goes.</param>
/// <param name="Route">The route that says so; null when none does.</param>
public sealed record NextHop(NextHopKind Kind, Route? Route = null);
