using System.Collections.Immutable;
using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;

namespace PodEip.CloudSim.Model;

/// <summary>Ids and filters of the describe calls on subnets, route tables and NAT gateways.</summary>
internal static class NetworkFilter
{
    /// <summary>Values a filter may have where the pages give no figure.</summary>
    public const int MostValues = 100;

    /// <summary>The values a row has under a filter's name; null where there is no such filter.</summary>
    internal delegate Func<T, IEnumerable<string>>? FieldOf<T>(string filter);

    /// <summary>The test of a call.</summary>
    /// <exception cref="CloudFault">The call is refused.</exception>
    public static Func<T, bool> Parse<T>(PagedCall call, string idsName, string prefix, int mostValues, Func<T, string> id, FieldOf<T> field)
    {
        var filters = call.Filters ?? [];
        if (call.Ids is { Count: > 0 } && filters.Count > 0)
        {
            throw new CloudFault("InvalidParameter.Coexist", $"{idsName} and Filters exclude each other.");
        }

        if (call.Ids is { Count: > 100 } || filters.Count > 10 || filters.Any(f => f.Values.Count > mostValues))
        {
            throw new CloudFault("InvalidParameterValue.LimitExceeded", $"At most 100 {idsName}, 10 filters and {mostValues} values a filter are allowed.");
        }

        if (call.Ids?.FirstOrDefault(i => !ResourceIds.IsWellFormed(i, prefix)) is { } bad)
        {
            throw new CloudFault("InvalidParameterValue.Malformed", $"`{bad}` of {idsName} is malformed; one looks like `{prefix}11112222`.");
        }

        var tests = filters.Select(f => Test(f, field)).ToList();
        return row => (call.Ids is not { Count: > 0 } ids || ids.Contains(id(row))) && tests.TrueForAll(test => test(row));
    }

    /// <summary>Filters of DescribeSubnets.</summary>
    public static Func<Subnet, IEnumerable<string>>? SubnetField(string name) => name switch
    {
        "subnet-id" => s => [s.Id],
        "vpc-id" => s => [s.VpcId],
        "cidr-block" => s => [s.Cidr],
        "subnet-name" => s => [s.Name],
        "zone" => s => [s.Zone],
        "is-default" or "is-remote-vpc-snat" => _ => ["false"],
        "is-cdc-subnet" => _ => ["0"],
        "address-type" => _ => ["IPv4"],
        "cdc-id" or "ipv6-cidr-block" or "isp-type" or "tag-key" => _ => [],
        _ => name.StartsWith("tag:", StringComparison.Ordinal) ? _ => [] : null,
    };

    /// <summary>Filters of DescribeRouteTables.</summary>
    public static Func<RouteTable, IEnumerable<string>>? TableField(string name) => name switch
    {
        "route-table-id" => t => [t.Id],
        "route-table-name" => t => [t.Name],
        "vpc-id" => t => [t.VpcId],
        "association.main" => t => [Text(t.IsMain)],
        "visible" => _ => ["true"],
        "next-hop-type" => t => t.Routes.Select(r => r.GatewayType),
        _ => Tags(name) is { } tags ? t => tags(t.Tags) : null,
    };

    /// <summary>Filters of DescribeNatGateways.</summary>
    public static Func<NatGateway, IEnumerable<string>>? NatField(string name) => name switch
    {
        "nat-gateway-id" => n => [n.Id],
        "nat-gateway-name" => n => [n.Name],
        "vpc-id" => n => [n.VpcId],
        "nat-state" => n => [n.State],
        _ => Tags(name) is { } tags ? n => tags(n.Tags) : null,
    };

    private static Func<T, bool> Test<T>(CloudFilter filter, FieldOf<T> fieldOf)
    {
        var field = fieldOf(filter.Name) ?? throw new CloudFault("InvalidParameter.FilterInvalidKey", $"There is no filter `{filter.Name}`.");
        // Booleans come in capitals too.
        var values = filter.Values.ToHashSet(filter.Values.All(v => bool.TryParse(v, out _)) ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        return row => field(row).Any(values.Contains);
    }

    private static Func<ImmutableSortedDictionary<string, string>, IEnumerable<string>>? Tags(string name) =>
        name == "tag-key" ? tags => tags.Keys
        : name.StartsWith("tag:", StringComparison.Ordinal) && name.Length > 4 ? tags => tags.TryGetValue(name[4..], out var value) ? [value] : []
        : null;

    private static string Text(bool value) => value ? "true" : "false";
}
