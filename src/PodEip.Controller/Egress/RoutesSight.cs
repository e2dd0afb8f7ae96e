using PodEip.Claims.Planning;
using PodEip.Cloud.Routes;
using PodEip.Controller.Addresses;
using PodEip.Controller.Commands;

namespace PodEip.Controller.Egress;

/// <summary>Reads which route tables bound Pods use.</summary>
internal sealed class RoutesSight(ClusterConnection cluster, PacedCloud cloud)
{
    private const int PageSize = 100;

    /// <summary>Bound claims by subnet.</summary>
    public IReadOnlyDictionary<string, int> BoundIn { get; private set; } = new Dictionary<string, int>();

    /// <summary>Every subnet that uses one of the tables, by id.</summary>
    public IReadOnlyDictionary<string, Subnet> Subnets { get; private set; } = new Dictionary<string, Subnet>();

    /// <summary>The tables of subnets with bound claims.</summary>
    public async Task<IReadOnlyList<RouteTable>> TablesAsync(CancellationToken cancellationToken)
    {
        var bound = (await cluster.ClaimsAsync(cancellationToken)).Where(c => c.SaysBound()).Select(c => c.Status.NetworkInterfaceId).OfType<string>().ToList();
        var interfaces = await cloud.InterfacesAsync(bound, cancellationToken);
        BoundIn = bound.Select(eni => interfaces.GetValueOrDefault(eni)?.SubnetId).OfType<string>().GroupBy(s => s, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var subnets = await SubnetsAsync(BoundIn.Keys, cancellationToken);
        var tables = new List<RouteTable>();
        foreach (var ids in subnets.Select(s => s.RouteTableId).OfType<string>().Distinct(StringComparer.Ordinal).Chunk(PageSize))
        {
            tables.AddRange((await cloud.ReadAsync(CloudAction.DescribeRouteTables, (c, ct) => c.DescribeRouteTablesAsync(new RouteTableQuery { Ids = ids }, ct), cancellationToken)).Items);
        }

        var others = await SubnetsAsync(tables.SelectMany(t => t.SubnetIds).Except(subnets.Select(s => s.Id), StringComparer.Ordinal), cancellationToken);
        Subnets = subnets.Concat(others).DistinctBy(s => s.Id, StringComparer.Ordinal).ToDictionary(s => s.Id, StringComparer.Ordinal);
        return tables;
    }

    /// <summary>Public IPs of NAT gateways.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> PublicIpsAsync(IEnumerable<string> natGateways, CancellationToken cancellationToken)
    {
        var ips = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var ids in natGateways.Distinct(StringComparer.Ordinal).Chunk(PageSize))
        {
            foreach (var nat in (await cloud.ReadAsync(CloudAction.DescribeNatGateways, (c, ct) => c.DescribeNatGatewaysAsync(new NatGatewayQuery { Ids = ids }, ct), cancellationToken)).Items)
            {
                ips[nat.Id] = nat.PublicIps;
            }
        }

        return ips;
    }

    private async Task<List<Subnet>> SubnetsAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var found = new List<Subnet>();
        foreach (var chunk in ids.Chunk(PageSize))
        {
            found.AddRange((await cloud.ReadAsync(CloudAction.DescribeSubnets, (c, ct) => c.DescribeSubnetsAsync(new SubnetQuery { Ids = chunk }, ct), cancellationToken)).Items);
        }

        return found;
    }
}
