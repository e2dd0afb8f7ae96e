using System.Globalization;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;

namespace PodEip.CloudSim.Http;

/// <summary>Handlers of the actions on subnets, route tables and NAT gateways.</summary>
internal static class RouteHandlers
{
    public static WireAnswer DescribeSubnets(CloudModel model, Parameters p, CallContext context)
    {
        if (p.Integer("MaxResults") is not null || p.Text("NextToken") is not null)
        {
            throw new CloudFault("UnsupportedOperation", "Paging by MaxResults and NextToken is not simulated; use Offset and Limit.");
        }

        var answer = model.DescribeSubnets(
            new DescribeSubnetsCall { Ids = p.Texts("SubnetIds"), Filters = ActionHandlers.Filters(p), Offset = Number(p, "Offset"), Limit = Number(p, "Limit") },
            context);
        var settings = model.Settings;
        return new WireSubnets(answer.TotalCount, [.. answer.Subnets.Select(s => ToWire(s, settings))]);
    }

    public static WireAnswer DescribeRouteTables(CloudModel model, Parameters p, CallContext context)
    {
        var answer = model.DescribeRouteTables(
            new DescribeRouteTablesCall { Ids = p.Texts("RouteTableIds"), Filters = ActionHandlers.Filters(p), Offset = Number(p, "Offset"), Limit = Number(p, "Limit") },
            context);
        var (settings, withRoutes) = (model.Settings, p.Boolean("NeedRouterInfo") ?? true);
        return new WireRouteTables(answer.TotalCount, [.. answer.Tables.Select(t => ToWire(t, settings, withRoutes))]);
    }

    public static WireAnswer CreateRoutes(CloudModel model, Parameters p, CallContext context)
    {
        var answer = model.CreateRoutes(new CreateRoutesCall(p.RequiredText("RouteTableId"), Routes(p)), context);
        return new WireRouteTables(answer.Added, [ToWire(answer.Table, model.Settings, withRoutes: true)]);
    }

    public static WireAnswer ReplaceRoutes(CloudModel model, Parameters p, CallContext context)
    {
        var table = p.RequiredText("RouteTableId");
        var answer = model.ReplaceRoutes(new ReplaceRoutesCall(table, Routes(p)), context);
        var settings = model.Settings;
        return new WireReplacedRoutes([.. answer.Old.Select(r => ToWire(r, table, settings))], [.. answer.New.Select(r => ToWire(r, table, settings))]);
    }

    public static WireAnswer DeleteRoutes(CloudModel model, Parameters p, CallContext context)
    {
        var table = p.RequiredText("RouteTableId");
        var answer = model.DeleteRoutes(new DeleteRoutesCall(table, Routes(p)), context);
        var settings = model.Settings;
        return new WireDeletedRoutes([.. answer.Deleted.Select(r => ToWire(r, table, settings))]);
    }

    public static WireAnswer DescribeNatGateways(CloudModel model, Parameters p, CallContext context)
    {
        var answer = model.DescribeNatGateways(
            new DescribeNatGatewaysCall { Ids = p.Texts("NatGatewayIds"), Filters = ActionHandlers.Filters(p), Offset = p.Integer("Offset"), Limit = p.Integer("Limit") },
            context);
        var settings = model.Settings;
        return new WireNatGateways(answer.TotalCount, [.. answer.Gateways.Select(n => ToWire(n, settings))], "DETAIL");
    }

    // Strings on the wire of these two actions, unlike everywhere else.
    private static int? Number(Parameters p, string name) => p.Text(name) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw new CloudFault("InvalidParameterValue.Malformed", $"{name} is `{text}`; it must be a number written as a string."),
    };

    private static List<NewRoute> Routes(Parameters p) =>
    [
        .. p.Structures("Routes").Select(r => r.Text("DestinationIpv6CidrBlock") is { Length: > 0 }
            ? throw new CloudFault("UnsupportedOperation", "IPv6 routes are not simulated.")
            : new NewRoute
            {
                Destination = r.Text("DestinationCidrBlock") ?? "",
                GatewayType = r.Text("GatewayType") ?? "",
                GatewayId = r.Text("GatewayId") ?? "",
                Description = r.Text("RouteDescription") ?? "",
                Enabled = r.Boolean("Enabled"),
                ItemId = r.Text("RouteItemId"),
                Number = r.Long("RouteId"),
            }),
    ];

    private static WireSubnet ToWire(SubnetView view, CloudSettings settings) => new()
    {
        VpcId = view.Subnet.VpcId,
        SubnetId = view.Subnet.Id,
        SubnetName = view.Subnet.Name,
        CidrBlock = view.Subnet.Cidr,
        Zone = view.Subnet.Zone,
        RouteTableId = view.Subnet.RouteTableId,
        CreatedTime = WireMapping.Local(view.Subnet.CreatedAt, settings),
        AvailableIpAddressCount = view.FreeIps,
        TotalIpAddressCount = view.TotalIps,
    };

    private static WireRouteTable ToWire(RouteTableView view, CloudSettings settings, bool withRoutes) => new()
    {
        VpcId = view.Table.VpcId,
        RouteTableId = view.Table.Id,
        RouteTableName = view.Table.Name,
        AssociationSet = [.. view.SubnetIds.Select(s => new WireAssociation(s, view.Table.Id))],
        RouteSet = withRoutes ? [.. view.Table.Routes.Select(r => ToWire(r, view.Table.Id, settings))] : null,
        Main = view.Table.IsMain,
        CreatedTime = WireMapping.Local(view.Table.CreatedAt, settings),
        TagSet = WireMapping.Tags(view.Table.Tags),
    };

    private static WireRoute ToWire(Route route, string tableId, CloudSettings settings) => new()
    {
        DestinationCidrBlock = route.Destination,
        GatewayType = route.GatewayType,
        GatewayId = route.GatewayId,
        RouteId = route.Number,
        RouteDescription = route.Description,
        Enabled = route.Enabled,
        RouteType = route.Type,
        RouteTableId = tableId,
        RouteItemId = route.ItemId,
        CreatedTime = WireMapping.Local(route.CreatedAt, settings),
    };

    private static WireNatGateway ToWire(NatGatewayView view, CloudSettings settings) => new()
    {
        NatGatewayId = view.Gateway.Id,
        NatGatewayName = view.Gateway.Name,
        CreatedTime = WireMapping.Local(view.Gateway.CreatedAt, settings),
        State = view.Gateway.State,
        InternetMaxBandwidthOut = view.Gateway.Bandwidth,
        PublicIpAddressSet = [.. view.Addresses.Select(a => new WireNatAddress(a.Id, a.PublicIp, a.IsBlocked))],
        NetworkState = view.Gateway.NetworkState,
        VpcId = view.Gateway.VpcId,
        Zone = view.Gateway.Zone,
        SubnetId = view.Gateway.SubnetId,
        TagSet = WireMapping.Tags(view.Gateway.Tags),
        RestrictState = view.Gateway.RestrictState,
    };
}
