using PodEip.Api;
using PodEip.Claims.View;
using PodEip.Cloud.Routes;

namespace PodEip.Claims.Egress;

/// <summary>Findings in words.</summary>
public static class EgressWords
{
    /// <summary>What a claim whose Pod is in the subnet says.</summary>
    /// <param name="subnetId">The subnet.</param>
    /// <param name="finding">What its table does.</param>
    /// <param name="hindrance">Why the missing EIP route is not added; null where nobody tried.</param>
    public static EgressView Of(string subnetId, EgressFinding finding, string? hindrance = null)
    {
        var place = $"route table {finding.RouteTableId} of {subnetId}";
        return finding.Way switch
        {
            EgressWay.NoRoute => new EgressView(ConditionStatuses.True, Reasons.NoRoute, $"packets to the internet leave with the address: {place} has no route there"),
            EgressWay.EipRoute => new EgressView(ConditionStatuses.True, Reasons.EipRoute, $"packets to the internet leave with the address: in {place} the route to EIP goes first"),
            _ => new EgressView(ConditionStatuses.False, Reason(finding), $"packets to {Destinations(finding)} leave through {Hops(finding)} and not with the address, by {place}; {hindrance ?? Advice(finding)}"),
        };
    }

    /// <summary>What a claim says whose subnet's routes may not be read.</summary>
    public static EgressView Unreadable(string message) => new(ConditionStatuses.Unknown, Reasons.Unauthorized, $"which way packets to the internet leave can't be told: {message}");

    /// <summary>The next hops that win, such as <c>NAT nat-1</c>.</summary>
    public static string Hops(EgressFinding finding) => string.Join(", ", finding.Diverting.Select(Hop).Distinct(StringComparer.Ordinal));

    /// <summary>Their destinations.</summary>
    public static string Destinations(EgressFinding finding) => string.Join(", ", finding.Diverting.Select(route => route.Destination).Distinct(StringComparer.Ordinal));

    /// <summary>A next hop in words.</summary>
    public static string Hop(Route route) => route.GatewayType switch
    {
        GatewayTypes.Nat => $"NAT gateway {route.GatewayId}",
        GatewayTypes.PublicGateway => $"public gateway {route.GatewayId}",
        GatewayTypes.Cvm => $"CVM {route.GatewayId}",
        var other => $"{other} {route.GatewayId}",
    };

    private static string Reason(EgressFinding finding) => finding.Diverting.Any(route => route.GatewayType is GatewayTypes.Nat) ? Reasons.NatRouteWins : Reasons.OtherRouteWins;

    private static string Advice(EgressFinding finding) => finding.Missing.Count > 0
        ? $"a route to {string.Join(", ", finding.Missing.Distinct(StringComparer.Ordinal))} with next hop EIP beside it helps (--manage-eip-routes, or kubectl eip routes or podeip-controller routes with --apply)"
        : "no route to EIP can stand beside it";
}
