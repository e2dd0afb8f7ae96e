using PodEip.Claims.Egress;
using PodEip.Cloud;
using PodEip.Cloud.Routes;
using PodEip.Controller.Addresses;
using PodEip.Controller.Egress;
using PodEip.Controller.Reconciling;

namespace PodEip.Controller.Tests.Reconciling;

/// <content>Subnets and their routes, as a table too.</content>
internal sealed partial class Desk
{
    private RouteKeeper Keeper { get; }

    private int _items;

    /// <summary>The record of added routes.</summary>
    public TinyRouteRecord RouteRecord { get; }

    /// <summary>In which subnet an ENI is.</summary>
    public Func<string, string?> SubnetOf { get; set; } = _ => "subnet-a";

    /// <summary>Route table of each subnet.</summary>
    public Dictionary<string, string> TableOf { get; } = new(StringComparer.Ordinal) { ["subnet-a"] = "rtb-a" };

    /// <summary>Routes of each table.</summary>
    public Dictionary<string, List<Route>> Routes { get; } = new(StringComparer.Ordinal) { ["rtb-a"] = [] };

    /// <summary>A route, switched on, of somebody else.</summary>
    public Route Route(string table, string destination, string gatewayType, string gatewayId, string description = "")
    {
        var route = new Route { ItemId = $"rti-{_items++}", Destination = destination, GatewayType = gatewayType, GatewayId = gatewayId, Description = description };
        Routes[table].Add(route);
        return route;
    }

    /// <summary>What reads of routes are answered with; null when they go well.</summary>
    public CloudException? RouteReadsFail { get; set; }

    private bool RouteRound()
    {
        if (Settings.Egress is not { ManageRoutes: true })
        {
            return false;
        }

        var before = (Core.Calls.Count(CloudAction.CreateRoutes), Core.Calls.Count(CloudAction.DeleteRoutes), RouteRecord.Saves);
        Done(Keeper.RunOnceAsync(CancellationToken.None));
        return before != (Core.Calls.Count(CloudAction.CreateRoutes), Core.Calls.Count(CloudAction.DeleteRoutes), RouteRecord.Saves);
    }

    private CallResult? ReadOfRoutes(QueuedCall call) => call switch
    {
        QueuedCall.ReadSubnets c => new CallResult { Subnets = [.. c.SubnetIds.Where(TableOf.ContainsKey).Select(id => new Subnet { Id = id, RouteTableId = TableOf[id] })] },
        QueuedCall.ReadRouteTables c => new CallResult
        {
            RouteTables = [.. c.RouteTableIds.Select(id => new RouteTable { Id = id, Routes = [.. Routes[id]], SubnetIds = [.. TableOf.Where(t => t.Value == id).Select(t => t.Key)] })],
        },
        _ => null,
    };

    private void DoRoutes(QueuedCall call)
    {
        switch (call)
        {
            case QueuedCall.AddRoutes c:
                foreach (var destination in c.Destinations)
                {
                    Route(c.RouteTableId, destination, GatewayTypes.Eip, GatewayTypes.EipGatewayId, c.Mark);
                }

                break;
            case QueuedCall.DropRoutes c:
                Routes[c.RouteTableId].RemoveAll(r => c.ItemIds.Contains(r.ItemId));
                break;
        }
    }
}

/// <summary>A record that survives its leader.</summary>
internal sealed class TinyRouteRecord : IRouteRecord
{
    /// <summary>What is written down, a line a route.</summary>
    public List<string> Lines => [.. All.Select(r => $"{r.RouteTableId} {r.Destination} {r.State}")];

    public List<ManagedRoute> All { get; } = [];

    public int Saves { get; private set; }

    public Task<IReadOnlyList<ManagedRoute>> LoadAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ManagedRoute>>([.. All]);

    public Task SaveAsync(IReadOnlyList<ManagedRoute> routes, IReadOnlyList<string> forgotten, CancellationToken cancellationToken)
    {
        // As a merge patch does: only what is named changes.
        All.RemoveAll(r => forgotten.Contains(r.RouteTableId) || routes.Any(n => n.RouteTableId == r.RouteTableId));
        All.AddRange(routes);
        Saves++;
        return Task.CompletedTask;
    }
}
