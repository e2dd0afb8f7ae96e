using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;

namespace PodEip.TestKit.Cloud;

internal static partial class ModelRecords
{
    public static PodEip.Cloud.Routes.Subnet Read(SubnetView view) => new()
    {
        Id = view.Subnet.Id,
        VpcId = view.Subnet.VpcId,
        RouteTableId = view.Subnet.RouteTableId,
        Name = NullIfEmpty(view.Subnet.Name),
        Cidr = view.Subnet.Cidr,
    };

    public static PodEip.Cloud.Routes.RouteTable Read(RouteTableView view) => new()
    {
        Id = view.Table.Id,
        VpcId = view.Table.VpcId,
        Name = NullIfEmpty(view.Table.Name),
        IsMain = view.Table.IsMain,
        SubnetIds = view.SubnetIds,
        Routes = [.. view.Table.Routes.Select(Read)],
    };

    public static PodEip.Cloud.Routes.NatGateway Read(NatGatewayView view) => new()
    {
        Id = view.Gateway.Id,
        Name = NullIfEmpty(view.Gateway.Name),
        VpcId = view.Gateway.VpcId,
        State = view.Gateway.State,
        NetworkState = view.Gateway.NetworkState,
        PublicIps = [.. view.Addresses.Select(a => a.PublicIp).OfType<string>()],
    };

    private static PodEip.Cloud.Routes.Route Read(Route route) => new()
    {
        ItemId = route.ItemId,
        Destination = route.Destination,
        GatewayType = route.GatewayType,
        GatewayId = route.GatewayId,
        Description = route.Description,
        IsEnabled = route.Enabled,
        IsUsers = route.Type == Route.UserType,
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
