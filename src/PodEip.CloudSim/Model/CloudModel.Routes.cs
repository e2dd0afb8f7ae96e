using System.Collections.Immutable;
using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;

namespace PodEip.CloudSim.Model;

// Routes through the API: CreateRoutes, ReplaceRoutes, DeleteRoutes. Each call is done as a whole or not at all.
public sealed partial class CloudModel
{
    /// <summary>CreateRoutes.</summary>
    public CreateRoutesAnswer CreateRoutes(CreateRoutesCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            var table = RequireTable(call.TableId);
            RequireRoutes(call.Routes);
            var routes = table.Routes;
            foreach (var wanted in call.Routes)
            {
                var route = MakeRoute(table, wanted, now);
                RouteRules.CheckNeighbours(route, routes, _settings.EipRouteBesideOthers);
                routes = routes.Add(route);
            }

            if (routes.Length > _settings.RouteQuota)
            {
                throw new CloudFault("LimitExceeded", $"Route table `{table.Id}` would hold {routes.Length} routes; at most {_settings.RouteQuota} are allowed.");
            }

            table = SetTable(table with { Routes = routes }, now);
            return new CreateRoutesAnswer(call.Routes.Count, View(table, _subnets.Now));
        }
    }

    /// <summary>ReplaceRoutes.</summary>
    public ReplaceRoutesAnswer ReplaceRoutes(ReplaceRoutesCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            var table = RequireTable(call.TableId);
            RequireRoutes(call.Routes);
            var routes = table.Routes;
            var (before, after) = (new List<Route>(), new List<Route>());
            foreach (var wanted in call.Routes)
            {
                var old = FindRoute(routes, wanted) ?? throw new CloudFault("UnsupportedOperation.RecordNotExists", $"Route table `{table.Id}` has no route {Name(wanted)}.");
                RequireOfUser(old);
                var route = MakeRoute(table, wanted, now) with { ItemId = old.ItemId, Number = old.Number, CreatedAt = old.CreatedAt };
                RouteRules.CheckNeighbours(route, routes.Remove(old), _settings.EipRouteBesideOthers);
                routes = routes.Replace(old, route);
                before.Add(old);
                after.Add(route);
            }

            SetTable(table with { Routes = routes }, now);
            return new ReplaceRoutesAnswer(before, after);
        }
    }

    /// <summary>DeleteRoutes.</summary>
    public DeleteRoutesAnswer DeleteRoutes(DeleteRoutesCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            var table = RequireTable(call.TableId);
            RequireRoutes(call.Routes);
            var (routes, gone) = (table.Routes, new List<Route>());
            foreach (var named in call.Routes)
            {
                var route = FindRoute(routes, named) ?? throw new CloudFault("ResourceNotFound", $"Route table `{table.Id}` has no route {Name(named)}.");
                RequireOfUser(route);
                routes = routes.Remove(route);
                gone.Add(route);
            }

            SetTable(table with { Routes = routes }, now);
            return new DeleteRoutesAnswer(gone);
        }
    }

    private static void RequireRoutes(IReadOnlyList<NewRoute> routes)
    {
        if (routes.Count is 0 or > 100)
        {
            throw routes.Count == 0
                ? new CloudFault("InvalidParameterValue", "Routes is empty.")
                : new CloudFault("InvalidParameterValue.LimitExceeded", $"Routes has {routes.Count} entries; at most 100 are allowed.");
        }
    }

    private static void RequireOfUser(Route route)
    {
        if (route.Type != Route.UserType)
        {
            throw new CloudFault("UnsupportedOperation.SystemRoute", $"Route `{route.ItemId}` is of type {route.Type}, not a user's.");
        }
    }

    private static string Name(NewRoute route) => route.ItemId is { } item ? $"`{item}`" : route.Number is { } number ? Text(number) : "without RouteItemId and RouteId";

    private static Route? FindRoute(ImmutableArray<Route> routes, NewRoute named) =>
        named.ItemId is { } item ? routes.FirstOrDefault(r => r.ItemId == item)
        : named.Number is { } number ? routes.FirstOrDefault(r => r.Number == number)
        : null;

    private Route MakeRoute(RouteTable table, NewRoute wanted, DateTimeOffset now)
    {
        var vpc = _vpcs.Find(table.VpcId)!;
        RouteRules.CheckDestination(wanted.Destination, vpc, _subnets.Now);
        RouteRules.CheckGateway(wanted.GatewayType, wanted.GatewayId, vpc);
        var (exists, place) = wanted.GatewayType switch
        {
            GatewayTypes.Nat => (_nats.Find(wanted.GatewayId) is not null, _nats.Find(wanted.GatewayId)?.VpcId),
            GatewayTypes.PublicGateway => (_cvms.Find(wanted.GatewayId) is not null, _cvms.Find(wanted.GatewayId)?.VpcId),
            _ => (true, vpc.Id),
        };
        return !exists ? throw new CloudFault("ResourceNotFound", $"There is no gateway `{wanted.GatewayId}`.")
            : place != vpc.Id ? throw new CloudFault("InvalidParameterValue.RouteNextHopInvalid", $"Gateway `{wanted.GatewayId}` is in `{place}`, not in `{vpc.Id}`.")
            : StampRoute(wanted, now);
    }

    private Route StampRoute(NewRoute wanted, DateTimeOffset now) => new()
    {
        ItemId = _ids.Make("rti-"),
        Number = ++_order,
        Destination = wanted.Destination,
        GatewayType = wanted.GatewayType,
        GatewayId = wanted.GatewayId,
        Description = wanted.Description,
        Enabled = wanted.Enabled ?? true,
        CreatedAt = now,
    };

    private RouteTable RequireTable(string id)
    {
        if (!ResourceIds.IsWellFormed(id, "rtb-"))
        {
            throw new CloudFault("InvalidParameterValue.Malformed", $"`{id}` is no route table id; one looks like `rtb-11112222`.");
        }

        return _tables.Find(id) ?? throw new CloudFault("ResourceNotFound", $"There is no route table `{id}`.");
    }

    private RouteTable SetTable(RouteTable table, DateTimeOffset now)
    {
        _tables.Set(table.Id, table, now);
        Version++;
        return table;
    }
}
