using CsCheck;
using PodEip.Api;
using PodEip.Claims.Egress;
using PodEip.Claims.Tests.Properties;
using PodEip.Cloud.Routes;

namespace PodEip.Claims.Tests.Egress;

/// <summary>S8: which route wins for packets to the internet.</summary>
public sealed class EgressFindingTests
{
    [Fact]
    public void S8_without_a_route_the_address_is_used() => Assert.Equal((EgressWay.NoRoute, "", ""), Find());

    [Fact]
    public void S8_a_NAT_route_wins() => Assert.Equal((EgressWay.Diverted, "0.0.0.0/0", "0.0.0.0/0"), Find("0.0.0.0/0 NAT"));

    [Fact]
    public void S8_an_EIP_route_of_the_same_prefix_goes_before_NAT() => Assert.Equal((EgressWay.EipRoute, "", ""), Find("0.0.0.0/0 NAT", "0.0.0.0/0 EIP"));

    [Fact]
    public void S8_a_narrower_route_to_NAT_beats_a_wider_one_to_EIP()
    {
        Assert.Equal((EgressWay.Diverted, "8.0.0.0/8", "8.0.0.0/8"), Find("0.0.0.0/0 NAT", "0.0.0.0/0 EIP", "8.0.0.0/8 NAT"));
        Assert.Equal((EgressWay.EipRoute, "", ""), Find("0.0.0.0/0 NAT", "0.0.0.0/0 EIP", "8.0.0.0/8 NAT", "8.0.0.0/8 EIP"));
    }

    [Fact]
    public void S8_narrower_EIP_routes_that_leave_nothing_over_are_as_good_as_one() =>
        Assert.Equal((EgressWay.EipRoute, "", ""), Find("0.0.0.0/0 NAT", "0.0.0.0/1 EIP", "128.0.0.0/1 EIP"));

    [Fact]
    public void S8_narrower_EIP_routes_that_leave_something_over_are_not() =>
        Assert.Equal((EgressWay.Diverted, "0.0.0.0/0", "0.0.0.0/0"), Find("0.0.0.0/0 NAT", "0.0.0.0/1 EIP"));

    [Fact]
    public void S8_what_is_switched_off_is_not_in_force()
    {
        Assert.Equal((EgressWay.Diverted, "0.0.0.0/0", "0.0.0.0/0"), Find("0.0.0.0/0 NAT", "0.0.0.0/0 EIP off"));
        Assert.Equal((EgressWay.NoRoute, "", ""), Find("0.0.0.0/0 NAT off"));
    }

    [Fact]
    public void S8_routes_to_where_the_internet_is_not_say_nothing() =>
        Assert.Equal((EgressWay.NoRoute, "", ""), Find("10.0.0.0/8 NAT", "172.16.0.0/12 NORMAL_CVM", "192.168.1.0/24 VPN", "100.64.0.0/10 NAT", "10.0.0.0/16 LOCAL", "224.0.0.0/4 NAT", "240.0.0.0/4 NAT"));

    [Fact]
    public void S8_other_next_hops_win_too_and_only_some_can_have_an_EIP_route_beside_them()
    {
        Assert.Equal((EgressWay.Diverted, "0.0.0.0/0", "0.0.0.0/0"), Find("0.0.0.0/0 CVM"));
        Assert.Equal((EgressWay.Diverted, "0.0.0.0/0", "0.0.0.0/0"), Find("0.0.0.0/0 NORMAL_CVM"));
        Assert.Equal((EgressWay.Diverted, "0.0.0.0/0", ""), Find("0.0.0.0/0 CCN"));
        Assert.Equal((EgressWay.Diverted, "0.0.0.0/0", ""), Find("0.0.0.0/0 SOMETHING_NEW"));

        // A way to one partner was built on purpose.
        Assert.Equal((EgressWay.Diverted, "203.0.113.0/24", ""), Find("203.0.113.0/24 NORMAL_CVM", "0.0.0.0/0 EIP"));
    }

    [Fact]
    public void S8_the_words_name_the_gateway_and_what_to_do()
    {
        var nat = EgressWords.Of("subnet-1", Of("0.0.0.0/0 NAT"));
        Assert.Equal((ConditionStatuses.False, Reasons.NatRouteWins), (nat.Status, nat.Reason));
        Assert.Contains("NAT gateway gw-0", nat.Message, StringComparison.Ordinal);
        Assert.Contains("--manage-eip-routes", nat.Message, StringComparison.Ordinal);
        Assert.Contains("why not", EgressWords.Of("subnet-1", Of("0.0.0.0/0 NAT"), "why not").Message, StringComparison.Ordinal);
        Assert.Equal(Reasons.OtherRouteWins, EgressWords.Of("subnet-1", Of("0.0.0.0/0 VPN")).Reason);
        Assert.Equal((ConditionStatuses.True, Reasons.EipRoute), (EgressWords.Of("s", Of("0.0.0.0/0 EIP")).Status, EgressWords.Of("s", Of("0.0.0.0/0 EIP")).Reason));
        Assert.Equal(Reasons.NoRoute, EgressWords.Of("s", Of()).Reason);
    }

    /// <summary>Held to the documented order, packet by packet, on tables of a small world in which every address can be tried.</summary>
    [Fact]
    public void S8_a_table_diverts_just_when_a_packet_finds_another_way_than_the_address()
    {
        var destination = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 15], (bits, place) => $"{16 + (place >> (4 - bits) << (4 - bits))}.0.0.0/{4 + bits}");
        var line = Gen.Select(destination, RandomViews.Among("NAT", "EIP", "NORMAL_CVM", "CVM", "VPN"), RandomViews.Among("", "", "", " off"), (to, type, off) => $"{to} {type}{off}");
        Gen.Select(line.Array[0, 8], lines => lines.DistinctBy(l => string.Join(' ', l.Split(' ')[..2])).ToArray()).Sample(
            lines =>
            {
                var table = Table(lines);
                // 16.0.0.0 to 31.0.0.0, one packet to each /8.
                var ways = Enumerable.Range(16, 16).Select(first => Way(table, (uint)first << 24)).ToList();
                Assert.Equal(ways.Contains(EgressWay.Diverted), EgressFinding.Of(table).Way is EgressWay.Diverted);
                if (!ways.Contains(EgressWay.Diverted))
                {
                    Assert.Equal(ways.Contains(EgressWay.EipRoute), EgressFinding.Of(table).Way is EgressWay.EipRoute);
                }
            },
            iter: 20_000);
    }

    [Fact]
    public void S8_with_the_missing_routes_added_only_what_can_have_none_still_diverts()
    {
        var destination = RandomViews.Among("0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "8.0.0.0/8", "8.8.0.0/16", "203.0.113.0/24");
        var line = Gen.Select(destination, RandomViews.Among("NAT", "EIP", "NORMAL_CVM", "CVM", "VPN"), (to, type) => $"{to} {type}");
        Gen.Select(line.Array[0, 8], lines => lines.Distinct().ToArray()).Sample(lines =>
        {
            var missing = EgressFinding.Of(Table(lines)).Missing;
            var after = EgressFinding.Of(Table([.. lines, .. missing.Distinct().Select(to => $"{to} EIP")]));
            Assert.Empty(after.Missing);
            Assert.DoesNotContain(after.Diverting, route => route.GatewayType is GatewayTypes.Nat);
        });
    }

    private static EgressWay Way(RouteTable table, uint packet)
    {
        var best = table.Routes.Where(r => r.IsEnabled)
            .Select(r => (r.GatewayType, Range: System.Net.IPNetwork.Parse(r.Destination)))
            .Where(r => r.Range.Contains(new System.Net.IPAddress([(byte)(packet >> 24), 0, 0, 0])))
            .OrderByDescending(r => r.Range.PrefixLength)
            .ThenBy(r => r.GatewayType is GatewayTypes.Eip ? 0 : 1)
            .FirstOrDefault();
        return best.GatewayType switch { null => EgressWay.NoRoute, GatewayTypes.Eip => EgressWay.EipRoute, _ => EgressWay.Diverted };
    }

    private static (EgressWay Way, string Diverting, string Missing) Find(params string[] lines)
    {
        var finding = Of(lines);
        return (finding.Way, string.Join(' ', finding.Diverting.Select(r => r.Destination)), string.Join(' ', finding.Missing));
    }

    private static EgressFinding Of(params string[] lines) => EgressFinding.Of(Table(lines));

    private static RouteTable Table(params string[] lines) => new()
    {
        Id = "rtb-1",
        Routes =
        [
            .. lines.Select(line => line.Split(' '))
                .Select((parts, i) => new Route { ItemId = $"rti-{i}", Destination = parts[0], GatewayType = parts[1], GatewayId = $"gw-{i}", IsEnabled = parts.Length < 3 }),
        ],
    };
}
