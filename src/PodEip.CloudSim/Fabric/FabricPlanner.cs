using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Routing;
using PodEip.CloudSim.Model.Storage;

namespace PodEip.CloudSim.Fabric;

/// <summary>Derives the wanted network from a state of the cloud. Pure.</summary>
internal static class FabricPlanner
{
    private const int LongestInterfaceName = 15;

    /// <summary>The network for this state.</summary>
    public static FabricPlan Plan(CloudSnapshot cloud)
    {
        var subnets = cloud.Subnets.ToDictionary(subnet => subnet.Id, StringComparer.Ordinal);
        var legs = cloud.Enis
            .Where(eni => eni is { State: EniState.InUse or EniState.Detaching, InstanceId: not null })
            .Select(eni => Leg(eni, subnets[eni.SubnetId]));
        // While UNBINDING the cloud may still forward, so the strict simulator does: only the confirmed end is an end.
        var mappings = cloud.Addresses
            .Where(address => address is { PublicIp: not null, PrivateIp: not null, EniId: not null, Status: AddressStatus.Bind or AddressStatus.Unbinding });
        return new FabricPlan
        {
            Cvms = cloud.Cvms.Select(cvm => cvm.Id).ToImmutableSortedSet(StringComparer.Ordinal),
            Legs = legs.ToImmutableSortedDictionary(leg => leg.EniId, leg => leg, StringComparer.Ordinal),
            Mappings = mappings.ToImmutableSortedDictionary(address => address.Id, address => new PublicMapping(address.PublicIp!, address.PrivateIp!), StringComparer.Ordinal),
            Egress = [.. cloud.Subnets.Select(subnet => Egress(subnet, cloud)).Where(subnet => subnet.Routes.Length > 0)],
            VpcCidrs = [.. cloud.Vpcs.Select(vpc => vpc.Cidr)],
        };
    }

    // The first match wins, so the order is that of the cloud's look-up. A route with next hop EIP lets sources without a public IP pass it by.
    private static SubnetEgress Egress(Subnet subnet, CloudSnapshot cloud)
    {
        var table = cloud.RouteTables.FirstOrDefault(table => table.Id == subnet.RouteTableId);
        var routes =
            from route in table?.Routes ?? []
            where route.Enabled && RouteRange.Parse(route.Destination) is not null
            orderby RouteRange.Parse(route.Destination)!.Value.Bits descending, RouteLookup.Rank(route.GatewayType)
            select new EgressRoute(route.Destination, route.GatewayType == GatewayTypes.Eip ? EgressHop.PublicIp : EgressHop.Gateway, NatIp(route, cloud));
        return new(subnet.Cidr, [.. routes]);
    }

    private static string? NatIp(Route route, CloudSnapshot cloud) =>
        route.GatewayType == GatewayTypes.Nat && cloud.NatGateways.Any(nat => nat.Id == route.GatewayId && nat.Carries)
            ? cloud.Addresses.FirstOrDefault(address => address.InstanceId == route.GatewayId && address.IsBound)?.PublicIp
            : null;

    private static FabricLeg Leg(Eni eni, Subnet subnet) => new(
        eni.Id,
        eni.InstanceId!,
        RouterSide(eni.Id),
        string.Create(CultureInfo.InvariantCulture, $"eth{eni.DeviceIndex}"),
        eni.Mac,
        eni.Ips.First(ip => ip.IsPrimary).Ip,
        int.Parse(subnet.Cidr.AsSpan(subnet.Cidr.IndexOf('/', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture),
        Ipv4Range.ToText(Ipv4Range.Parse(subnet.Cidr)!.Value.First + 1),
        eni.IsPrimary,
        [.. eni.Ips.Where(ip => ip.State is not (EniIpState.Pending or EniIpState.Migrating)).Select(ip => ip.Ip).Order(StringComparer.Ordinal)]);

    // Ids may be chosen, and be longer than the kernel's names.
    private static string RouterSide(string eniId) =>
        eniId.StartsWith(RouterRules.LegPrefix, StringComparison.Ordinal) && eniId.Length <= LongestInterfaceName
            ? eniId
            : RouterRules.LegPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(eniId)))[..8];
}
