using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Control;

internal sealed partial class ControlFace
{
    private void MapRoutes(WebApplication app)
    {
        Route(app, "PATCH", "/subnets/{id}", async http =>
        {
            var table = (await ReadAsync(http, Json.SubnetChange)).RouteTableId ?? throw new CloudFault("MissingParameter", "routeTableId must be given.");
            await WriteAsync(http, Model.AssociateRouteTable(Id(http), table), Json.Subnet);
        });

        Route(app, "GET", "/route-tables", http => WriteAsync(http, Model.RouteTables, Json.IReadOnlyListRouteTableView));
        Route(app, "POST", "/route-tables", async http => await WriteAsync(http, (await ReadAsync(http, Json.NewRouteTable)).CreateIn(Model), Json.RouteTableView));
        Route(app, "GET", "/route-tables/{id}", http => WriteAsync(http, ViewTable(Id(http)), Json.RouteTableView));
        Route(app, "DELETE", "/route-tables/{id}", http => Do(() => Model.DeleteRouteTable(Id(http))));
        Route(app, "POST", "/route-tables/{id}/routes", async http =>
        {
            (await ReadAsync(http, Json.SeededRoute)).AddTo(Model, Id(http));
            await WriteAsync(http, ViewTable(Id(http)), Json.RouteTableView);
        });
        Route(app, "PATCH", "/route-tables/{id}/routes/{route}", async http =>
        {
            var enabled = (await ReadAsync(http, Json.RouteChange)).Enabled ?? throw new CloudFault("MissingParameter", "enabled must be given.");
            RequireRoute(http);
            Model.ChangeRoutes(Id(http), t => t.Routes.Select(r => r.ItemId == RouteId(http) ? r with { Enabled = enabled } : r));
            await WriteAsync(http, ViewTable(Id(http)), Json.RouteTableView);
        });
        Route(app, "DELETE", "/route-tables/{id}/routes/{route}", http => Do(() =>
        {
            RequireRoute(http);
            Model.ChangeRoutes(Id(http), t => t.Routes.Where(r => r.ItemId != RouteId(http)));
        }));

        Route(app, "GET", "/nat-gateways", http => WriteAsync(http, Model.NatGateways, Json.IReadOnlyListNatGatewayView));
        Route(app, "POST", "/nat-gateways", async http => await WriteAsync(http, (await ReadAsync(http, Json.NewNatGateway)).CreateIn(Model), Json.NatGatewayView));
        Route(app, "PATCH", "/nat-gateways/{id}", async http =>
        {
            var change = await ReadAsync(http, Json.NatGatewayChange);
            var nat = Model.ChangeNatGateway(Id(http), n => n with
            {
                Name = change.Name ?? n.Name,
                State = change.State ?? n.State,
                NetworkState = change.NetworkState ?? n.NetworkState,
                RestrictState = change.RestrictState ?? n.RestrictState,
            });
            await WriteAsync(http, nat, Json.NatGateway);
        });
        Route(app, "DELETE", "/nat-gateways/{id}", http => Do(() => Model.DeleteNatGateway(Id(http))));
    }

    private static string RouteId(HttpContext http) => (string)http.Request.RouteValues["route"]!;

    private RouteTableView ViewTable(string id) => Model.RouteTables.FirstOrDefault(t => t.Table.Id == id) ?? throw new CloudFault("ResourceNotFound", $"There is no route table `{id}`.");

    private void RequireRoute(HttpContext http)
    {
        if (!ViewTable(Id(http)).Table.Routes.Any(r => r.ItemId == RouteId(http)))
        {
            throw new CloudFault("ResourceNotFound", $"Route table `{Id(http)}` has no route `{RouteId(http)}`.");
        }
    }
}
