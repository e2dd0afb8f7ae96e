using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;

namespace PodEip.CloudSim.Model;

// Route tables and NAT gateways as somebody at the console makes them.
public sealed partial class CloudModel
{
    /// <summary>Makes a route table without routes.</summary>
    /// <param name="vpcId">Its VPC.</param>
    /// <param name="id">Chosen id, or null.</param>
    /// <param name="name">Name.</param>
    public RouteTable CreateRouteTable(string vpcId, string? id = null, string name = "")
    {
        lock (_lock)
        {
            var now = Settle();
            var vpc = RequireVpc(vpcId);
            if (_tables.Now.Count(t => t.VpcId == vpcId) >= _settings.RouteTableQuota)
            {
                throw new CloudFault("LimitExceeded", $"`{vpcId}` has {_settings.RouteTableQuota} route tables, which is the quota.");
            }

            return SetTable(new RouteTable { Id = ChooseId(id, "rtb-", IsTable), VpcId = vpc.Id, Name = name, CreatedAt = now }, now);
        }
    }

    /// <summary>Deletes a route table that no subnet uses and that is not its VPC's default.</summary>
    public void DeleteRouteTable(string id)
    {
        lock (_lock)
        {
            var now = Settle();
            var table = RequireTable(id);
            if (table.IsMain || _subnets.Now.Any(s => s.RouteTableId == id))
            {
                throw new CloudFault("ResourceInUse", $"Route table `{id}` is {(table.IsMain ? "the default of its VPC" : "used by subnets")}.");
            }

            _tables.Remove(id, now);
            Version++;
        }
    }

    /// <summary>Gives a subnet another route table of its VPC.</summary>
    public Subnet AssociateRouteTable(string subnetId, string tableId)
    {
        lock (_lock)
        {
            var now = Settle();
            var subnet = _subnets.Find(subnetId) ?? throw new CloudFault("ResourceNotFound", $"There is no subnet `{subnetId}`.");
            var table = RequireTable(tableId);
            if (table.VpcId != subnet.VpcId)
            {
                throw new CloudFault("UnsupportedOperation.VpcMismatch", $"Route table `{tableId}` is in `{table.VpcId}`, not in `{subnet.VpcId}`.");
            }

            subnet = subnet with { RouteTableId = tableId };
            _subnets.Set(subnetId, subnet, now);
            Version++;
            return subnet;
        }
    }

    /// <summary>Adds a route of the system's, without the API's checks.</summary>
    /// <param name="tableId">The table.</param>
    /// <param name="wanted">The route.</param>
    /// <param name="type">NETD or CCN.</param>
    public RouteTable AddSystemRoute(string tableId, NewRoute wanted, string type)
    {
        lock (_lock)
        {
            var now = Settle();
            var table = RequireTable(tableId);
            if (RouteRange.Parse(wanted.Destination) is null)
            {
                throw new CloudFault("InvalidParameterValue.Malformed", $"destination `{wanted.Destination}` is no IPv4 range such as 0.0.0.0/0.");
            }

            return SetTable(table with { Routes = table.Routes.Add(StampRoute(wanted, now) with { Type = type }) }, now);
        }
    }

    /// <summary>Replaces the routes of a table as they are, without the API's checks, as a switch in the console does.</summary>
    public RouteTable ChangeRoutes(string tableId, Func<RouteTable, IEnumerable<Route>> change)
    {
        lock (_lock)
        {
            var now = Settle();
            var table = RequireTable(tableId);
            return SetTable(table with { Routes = [.. change(table)] }, now);
        }
    }

    /// <summary>Makes a NAT gateway that works at once.</summary>
    /// <param name="vpcId">Its VPC.</param>
    /// <param name="addresses">How many fresh addresses it gets, 0 to 10.</param>
    /// <param name="subnetId">Subnet it sits in, or null.</param>
    /// <param name="id">Chosen id, or null.</param>
    /// <param name="name">Name.</param>
    public NatGatewayView CreateNatGateway(string vpcId, int addresses = 1, string? subnetId = null, string? id = null, string name = "")
    {
        lock (_lock)
        {
            var now = Settle();
            var vpc = RequireVpc(vpcId);
            if (addresses is < 0 or > 10)
            {
                throw new CloudFault("InvalidParameterValue.Range", $"addresses is {addresses}; a NAT gateway has 0 to 10.");
            }

            var subnet = subnetId is null ? null : _subnets.Find(subnetId) ?? throw new CloudFault("ResourceNotFound", $"There is no subnet `{subnetId}`.");
            var nat = new NatGateway
            {
                Id = ChooseId(id, "nat-", i => _nats.Find(i) is not null),
                Name = name,
                VpcId = vpc.Id,
                SubnetId = subnet?.Id ?? "",
                Zone = subnet?.Zone ?? "",
                CreatedAt = now,
            };
            _nats.Set(nat.Id, nat, now);
            Version++;
            for (var i = 0; i < addresses; i++)
            {
                ForceBindInstance(AddAddress().Id, nat.Id, NatInstanceType);
            }

            return View(nat, _addresses.Now);
        }
    }

    /// <summary>Changes name, states, bandwidth or tags of a NAT gateway.</summary>
    public NatGateway ChangeNatGateway(string id, Func<NatGateway, NatGateway> change)
    {
        lock (_lock)
        {
            var now = Settle();
            var old = RequireNat(id);
            var nat = change(old) with { Id = old.Id, VpcId = old.VpcId, SubnetId = old.SubnetId, Zone = old.Zone };
            _nats.Set(id, nat, now);
            Version++;
            return nat;
        }
    }

    /// <summary>Deletes a NAT gateway with the routes to it; its addresses are unbound.</summary>
    public void DeleteNatGateway(string id)
    {
        lock (_lock)
        {
            var now = Settle();
            RequireNat(id);
            foreach (var address in _addresses.Now.Where(a => a.InstanceId == id).ToList())
            {
                SetUnbound(address, now);
            }

            foreach (var table in _tables.Now.Where(t => t.Routes.Any(r => r.GatewayId == id)).ToList())
            {
                SetTable(table with { Routes = table.Routes.RemoveAll(r => r.GatewayId == id) }, now);
            }

            _nats.Remove(id, now);
            Version++;
        }
    }

    /// <summary>Where a packet of a subnet goes.</summary>
    /// <param name="subnetId">Subnet of the source.</param>
    /// <param name="destination">IPv4 address.</param>
    /// <param name="sourceHasPublicIp">The source's private IP has a public address.</param>
    public NextHop FindNextHop(string subnetId, string destination, bool sourceHasPublicIp)
    {
        lock (_lock)
        {
            Settle();
            var subnet = _subnets.Find(subnetId) ?? throw new CloudFault("ResourceNotFound", $"There is no subnet `{subnetId}`.");
            return RouteLookup.Find(_vpcs.Find(subnet.VpcId)!, _tables.Find(subnet.RouteTableId)!.Routes, destination, sourceHasPublicIp);
        }
    }

    private const string NatInstanceType = "NAT";

    private bool IsTable(string id) => _tables.Find(id) is not null;

    private Vpc RequireVpc(string id) => _vpcs.Find(id) ?? throw new CloudFault("ResourceNotFound", $"There is no VPC `{id}`.");

    private NatGateway RequireNat(string id) => _nats.Find(id) ?? throw new CloudFault("ResourceNotFound", $"There is no NAT gateway `{id}`.");

    // Named after its VPC, so that it takes nothing from the sequence of ids.
    private void CreateMainTable(Vpc vpc, DateTimeOffset now)
    {
        var id = "rtb-" + vpc.Id["vpc-".Length..];
        _tables.Set(IsTable(id) ? id = ChooseId(null, "rtb-", IsTable) : id, new RouteTable { Id = id, VpcId = vpc.Id, Name = "default", IsMain = true, CreatedAt = now }, now);
    }

    private string MainTableOf(string vpcId) => _tables.Now.First(t => t.VpcId == vpcId && t.IsMain).Id;
}
