using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;
using PodEip.CloudSim.Model.Storage;

namespace PodEip.CloudSim.Model;

public sealed partial class CloudModel
{
    /// <summary>DescribeSubnets. Ids exclude filters; ids that do not exist are left out.</summary>
    public DescribeSubnetsAnswer DescribeSubnets(DescribeSubnetsCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            var page = Paging.Check(call, "InvalidParameterValue.Range");
            var test = NetworkFilter.Parse(call, "SubnetIds", "subnet-", NetworkFilter.MostValues, s => s.Id, NetworkFilter.SubnetField);
            var rows = AsOf(now, context ?? CallContext.Plain) is { } at ? _subnets.AsOf(at) : _subnets.Now;
            var (total, found) = page.Cut(rows.Where(test));
            var used = _eniOfIp.Keys.ToLookup(k => k.Vpc, k => Ipv4Range.ToNumber(k.Ip)!.Value);
            return new DescribeSubnetsAnswer(total, [.. found.Select(s => View(s, used[s.VpcId]))]);
        }
    }

    /// <summary>DescribeRouteTables. Ids exclude filters; ids that do not exist are left out.</summary>
    public DescribeRouteTablesAnswer DescribeRouteTables(DescribeRouteTablesCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            var page = Paging.Check(call, "InvalidParameterValue.Range");
            var filters = call.Filters ?? [];
            if (filters.Any(f => f.Name == "next-hop-type") && !(filters.Any(f => f.Name == "route-table-id") && filters.Any(f => f.Name == "vpc-id")))
            {
                throw new CloudFault("InvalidParameter.FilterMissParameter", "Filter `next-hop-type` needs `route-table-id` and `vpc-id` beside it.");
            }

            var test = NetworkFilter.Parse(call, "RouteTableIds", "rtb-", NetworkFilter.MostValues, t => t.Id, NetworkFilter.TableField);
            var at = AsOf(now, context ?? CallContext.Plain);
            var (total, found) = page.Cut((at is { } moment ? _tables.AsOf(moment) : _tables.Now).Where(test));
            var subnets = at is { } then ? [.. _subnets.AsOf(then)] : _subnets.Now.ToList();
            return new DescribeRouteTablesAnswer(total, [.. found.Select(t => View(t, subnets))]);
        }
    }

    /// <summary>DescribeNatGateways. Ids exclude filters; ids that do not exist are left out.</summary>
    public DescribeNatGatewaysAnswer DescribeNatGateways(DescribeNatGatewaysCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            var page = Paging.Check(call, "InvalidParameterValue.Range");
            var test = NetworkFilter.Parse(call, "NatGatewayIds", "nat-", mostValues: 5, n => n.Id, NetworkFilter.NatField);
            var at = AsOf(now, context ?? CallContext.Plain);
            var (total, found) = page.Cut((at is { } moment ? _nats.AsOf(moment) : _nats.Now).Where(test));
            var addresses = at is { } then ? [.. _addresses.AsOf(then)] : _addresses.Now.ToList();
            return new DescribeNatGatewaysAnswer(total, [.. found.Select(n => View(n, addresses))]);
        }
    }

    private static RouteTableView View(RouteTable table, IEnumerable<Subnet> subnets) => new(table, [.. subnets.Where(s => s.RouteTableId == table.Id).Select(s => s.Id)]);

    private static NatGatewayView View(NatGateway nat, IEnumerable<ElasticAddress> addresses) => new(nat, [.. addresses.Where(a => a.InstanceId == nat.Id && a.IsBound)]);

    private static SubnetView View(Subnet subnet, IEnumerable<uint> used)
    {
        var range = Ipv4Range.Parse(subnet.Cidr)!.Value;
        var total = range.Size - 3;
        return new SubnetView(subnet, total - used.Count(range.Contains), total);
    }
}
