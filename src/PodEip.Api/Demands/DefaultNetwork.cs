namespace PodEip.Api.Demands;

/// <summary>The network of a Pod that does not name one (<c>--default-network</c>).</summary>
public enum DefaultNetwork
{
    /// <summary><c>tke-route-eni</c>: shared ENIs.</summary>
    RouteEni,

    /// <summary><c>tke-direct-eni</c>: exclusive ENIs.</summary>
    DirectEni,

    /// <summary><c>none</c>: VPC-CNI only where the Pod asks for it.</summary>
    None,
}
