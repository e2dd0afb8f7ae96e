using PodEip.CloudSim.Model.Storage;

namespace PodEip.CloudSim.Model.Routing;

/// <summary>What a route may be and what it may stand beside (VPC limits page 215/35501, NAT page 552/30012).</summary>
internal static class RouteRules
{
    /// <summary>Refuses a destination that a user may not route.</summary>
    public static void CheckDestination(string destination, Vpc vpc, IEnumerable<Subnet> subnets)
    {
        var range = RouteRange.Parse(destination)
            ?? throw new CloudFault("InvalidParameterValue.Malformed", $"DestinationCidrBlock `{destination}` is no IPv4 range such as 0.0.0.0/0.");
        if (subnets.FirstOrDefault(s => s.VpcId == vpc.Id && s.Cidr == destination) is { } subnet)
        {
            throw new CloudFault("InvalidParameterValue.SubnetOverlapRoute", $"DestinationCidrBlock `{destination}` is the range of subnet `{subnet.Id}`.");
        }

        if (RouteRange.Parse(vpc.Cidr)!.Value.Contains(range))
        {
            throw new CloudFault("InvalidParameterValue.VpcCidrConflict", $"DestinationCidrBlock `{destination}` lies in {vpc.Cidr} of `{vpc.Id}`.");
        }
    }

    /// <summary>Refuses a next hop that is not well formed.</summary>
    public static void CheckGateway(string type, string id, Vpc vpc)
    {
        if (!GatewayTypes.OfUsers.Contains(type))
        {
            throw new CloudFault("InvalidParameterValue", $"GatewayType `{type}` cannot be a user's next hop.");
        }

        var good = type switch
        {
            GatewayTypes.Eip => id == "0",
            GatewayTypes.Nat => ResourceIds.IsWellFormed(id, "nat-"),
            GatewayTypes.PublicGateway => ResourceIds.IsWellFormed(id, "ins-"),
            GatewayTypes.Cvm => Ipv4Range.ToNumber(id) is { } ip && RouteRange.Parse(vpc.Cidr)!.Value.Contains(ip),
            _ => id.Length is > 0 and <= 40,
        };
        if (!good)
        {
            throw new CloudFault("InvalidParameterValue.RouteNextHopInvalid", $"GatewayId `{id}` does not fit GatewayType {type}.");
        }
    }

    /// <summary>Refuses a route beside those that are there.</summary>
    /// <param name="wanted">The route.</param>
    /// <param name="others">The other routes of its table, enabled or not.</param>
    /// <param name="eipBesideOthers">An EIP route may share its destination with a NAT or CVM route.</param>
    public static void CheckNeighbours(Route wanted, IEnumerable<Route> others, bool eipBesideOthers)
    {
        foreach (var other in others.Where(o => o.Destination == wanted.Destination))
        {
            if (other.GatewayType == wanted.GatewayType && other.GatewayId == wanted.GatewayId)
            {
                throw new CloudFault("InvalidParameterValue.Duplicate", $"A route to {wanted.Destination} through {wanted.GatewayType} `{wanted.GatewayId}` is there already.");
            }

            // Only routes in force can be at odds.
            if (wanted.Enabled && other.Enabled && Refusal(wanted, other, eipBesideOthers) is { } code)
            {
                throw new CloudFault(code, $"A route to {wanted.Destination} through {wanted.GatewayType} cannot stand beside the one through {other.GatewayType} `{other.GatewayId}`.");
            }
        }
    }

    private static string? Refusal(Route wanted, Route other, bool eipBesideOthers)
    {
        var types = (wanted.GatewayType, other.GatewayType);
        if (IsPair(types, GatewayTypes.Eip, GatewayTypes.Nat, GatewayTypes.PublicGateway, GatewayTypes.Cvm))
        {
            return eipBesideOthers ? null : "UnsupportedOperation.EcmpWithUserRoute";
        }

        if (IsPair(types, GatewayTypes.Ccn, GatewayTypes.DirectConnect, GatewayTypes.Peering) || IsPair(types, GatewayTypes.Nat, GatewayTypes.PublicGateway))
        {
            return null;
        }

        return other.Type == Route.CcnType ? "UnsupportedOperation.EcmpWithCcnRoute"
            : wanted.GatewayType == other.GatewayType ? null
            : "UnsupportedOperation.Ecmp";
    }

    private static bool IsPair((string A, string B) types, string one, params ReadOnlySpan<string> partners) =>
        (types.A == one && partners.Contains(types.B)) || (types.B == one && partners.Contains(types.A));
}
