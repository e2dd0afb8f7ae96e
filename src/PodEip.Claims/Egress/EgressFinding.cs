using PodEip.Cloud.Routes;

namespace PodEip.Claims.Egress;

/// <summary>
/// What a route table does with packets to the internet from sources that have an address, by the documented priority: the longest prefix;
/// of equal prefixes EIP, NAT, NORMAL_CVM, CVM, others; without a route the address.
/// </summary>
public sealed record EgressFinding
{
    private EgressFinding()
    {
    }

    /// <summary>The table.</summary>
    public required string RouteTableId { get; init; }

    /// <summary>The way.</summary>
    public required EgressWay Way { get; init; }

    /// <summary>The routes that win against the address for a part of the internet, in the table's order.</summary>
    public required IReadOnlyList<Route> Diverting { get; init; }

    /// <summary>Destinations to which an EIP route is missing, and may be added.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Looks at a table.</summary>
    public static EgressFinding Of(RouteTable table)
    {
        List<(Route Route, Ipv4Range Range)> routes =
        [
            .. table.Routes
                .Where(route => route.IsEnabled && route.GatewayType is not GatewayTypes.Local && Ipv4Range.Parse(route.Destination) is not null)
                .Select(route => (route, Ipv4Range.Parse(route.Destination)!.Value)),
        ];

        // Of equal destinations one wins; and none wins where a narrower one stands, or where the internet is not.
        var winners = routes.GroupBy(r => r.Range).Select(same => same.MinBy(r => Rank(r.Route))).ToList();
        var diverting = winners.Where(w => w.Route.GatewayType is not GatewayTypes.Eip && !w.Range.IsCoveredBy([.. Narrower(w.Range)])).Select(w => w.Route).ToHashSet();
        return new EgressFinding
        {
            RouteTableId = table.Id,
            Way = diverting.Count > 0 ? EgressWay.Diverted
                : winners.Any(w => w.Route.GatewayType is GatewayTypes.Eip && !w.Range.IsCoveredBy([.. InternetRanges.Private])) ? EgressWay.EipRoute
                : EgressWay.NoRoute,
            Diverting = [.. table.Routes.Where(diverting.Contains)],
            Missing = [.. table.Routes.Where(route => diverting.Contains(route) && MayHaveTwin(route)).Select(route => route.Destination)],
        };

        IEnumerable<Ipv4Range> Narrower(Ipv4Range range) => winners.Where(w => w.Range != range && range.Contains(w.Range)).Select(w => w.Range).Concat(InternetRanges.Private);
    }

    /// <summary>
    /// An EIP route is documented to stand beside NAT and CVM routes only. A narrower route to a CVM is a way somebody built on purpose, such
    /// as a tunnel to a partner: it is reported, and left alone.
    /// </summary>
    private static bool MayHaveTwin(Route route) => route.GatewayType switch
    {
        GatewayTypes.Nat or GatewayTypes.PublicGateway => true,
        GatewayTypes.Cvm => Ipv4Range.Parse(route.Destination) is { Bits: 0 },
        _ => false,
    };

    private static int Rank(Route route) => route.GatewayType switch
    {
        GatewayTypes.Eip => 0,
        GatewayTypes.Nat => 1,
        GatewayTypes.Cvm => 2,
        GatewayTypes.PublicGateway => 3,
        _ => 4,
    };
}
