namespace PodEip.Cloud.Routes;

/// <summary>Kinds of next hops that matter here, as the cloud writes them (Route.GatewayType).</summary>
public static class GatewayTypes
{
    /// <summary>The public IP of the source; sources without one pass it by.</summary>
    public const string Eip = "EIP";

    /// <summary>GatewayId of every route with next hop EIP.</summary>
    public const string EipGatewayId = "0";

    /// <summary>A NAT gateway.</summary>
    public const string Nat = "NAT";

    /// <summary>A CVM that serves as public gateway.</summary>
    public const string PublicGateway = "CVM";

    /// <summary>A CVM, by its private IP.</summary>
    public const string Cvm = "NORMAL_CVM";

    /// <summary>Inside the VPC.</summary>
    public const string Local = "LOCAL";
}
