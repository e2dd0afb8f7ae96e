using System.Collections.Frozen;

namespace PodEip.CloudSim.Model.Routing;

/// <summary>Kinds of next hops.</summary>
public static class GatewayTypes
{
    /// <summary>The public IP of the source; GatewayId is <c>0</c>.</summary>
    public const string Eip = "EIP";

    /// <summary>A NAT gateway, <c>nat-xxxxxxxx</c>.</summary>
    public const string Nat = "NAT";

    /// <summary>A CVM that serves as public gateway, <c>ins-xxxxxxxx</c>.</summary>
    public const string PublicGateway = "CVM";

    /// <summary>A CVM, by its private IP.</summary>
    public const string Cvm = "NORMAL_CVM";

    /// <summary>A cloud network; the system's own, never made by a user.</summary>
    public const string Ccn = "CCN";

    /// <summary>A dedicated line.</summary>
    public const string DirectConnect = "DIRECTCONNECT";

    /// <summary>A peering connection.</summary>
    public const string Peering = "PEERCONNECTION";

    /// <summary>Those a user may name.</summary>
    public static FrozenSet<string> OfUsers { get; } = new[]
    {
        Eip, Nat, PublicGateway, Cvm, DirectConnect, Peering, "HAVIP", "VPN", "LOCAL_GATEWAY", "INTRANAT", "USER_CCN", "GWLB_ENDPOINT",
    }.ToFrozenSet(StringComparer.Ordinal);
}
