using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Egress;
using PodEip.Claims.Marks;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Cloud.Routes;
using PodEip.Controller.Addresses;
using PodEip.Controller.Egress;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Tests.Addresses;
using PodEip.Controller.Tests.Reconciling;
using Xunit;

namespace PodEip.Controller.Tests.Egress;

/// <summary>S8: what is told of routes, and what is done about them.</summary>
public sealed class EgressTests
{
    private static readonly EgressSettings Watching = new();
    private static readonly EgressSettings Managing = new() { ManageRoutes = true };
    private static readonly string Mark = RouteMark.Of(Sample.Mark);

    [Fact]
    public void S8_no_route_is_read_while_no_claim_is_bound()
    {
        var desk = NewDesk(Watching);
        desk.Pod(Sample.Web0, null);
        desk.Run(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(10));
        Assert.DoesNotContain(desk.Reads, IsOfRoutes);
    }

    [Fact]
    public void S8_where_no_route_stands_the_first_Bound_says_so_in_the_same_write()
    {
        var desk = NewDesk(Watching);
        var writes = StatusWrites(desk);
        Bind(desk, Sample.Web0, Sample.HereIp);
        var withEgress = writes();
        Assert.Equal((ConditionStatuses.True, Reasons.NoRoute), Egress(desk));

        var bare = NewDesk(null);
        var bareWrites = StatusWrites(bare);
        Bind(bare, Sample.Web0, Sample.HereIp);
        Assert.Equal(bareWrites(), withEgress);
    }

    [Fact]
    public void S8_a_NAT_route_that_wins_is_told_and_leaves_the_claim_ready()
    {
        var desk = NewDesk(Watching);
        desk.Route("rtb-a", "0.0.0.0/0", GatewayTypes.Nat, "nat-1");
        Bind(desk, Sample.Web0, Sample.HereIp);

        Assert.Equal((ConditionStatuses.False, Reasons.NatRouteWins), Egress(desk));
        var claim = desk.Claim(Sample.Web0);
        Assert.Equal((ClaimPhase.Bound, ConditionStatuses.True), (claim.Status.Phase, claim.Status.Condition(ConditionTypes.Ready)!.Status));
        Assert.Contains("nat-1", claim.Status.Condition(ConditionTypes.EgressReady)!.Message, StringComparison.Ordinal);
        Assert.Single(desk.Events.Reasons, EventReasons.EgressDiverted);
        Assert.Equal(1, desk.Core.DivertedClaims());
        Assert.Equal(1, desk.Core.SubnetsByEgress()[nameof(EgressWay.Diverted)]);
        Assert.Empty(desk.Writes);
    }

    [Fact]
    public void S8_routes_are_read_once_for_a_subnet_and_not_for_each_Pod()
    {
        var desk = NewDesk(Watching);
        for (var i = 0; i < 10; i++)
        {
            Bind(desk, new ClaimKey("default", $"pod-{(char)('a' + i)}"), new NetworkTarget("eni-a", $"10.0.1.{10 + i}"), $"eip-{i}");
        }

        Assert.Single(desk.Reads.OfType<QueuedCall.ReadSubnets>());
        Assert.Single(desk.Reads.OfType<QueuedCall.ReadRouteTables>());
        desk.Run(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(5));
        Assert.InRange(desk.Reads.OfType<QueuedCall.ReadRouteTables>().Count(), 5, 7);
    }

    [Fact]
    public void S8_a_changed_route_is_noticed_at_the_next_look()
    {
        var desk = NewDesk(Watching);
        var nat = desk.Route("rtb-a", "0.0.0.0/0", GatewayTypes.Nat, "nat-1");
        Bind(desk, Sample.Web0, Sample.HereIp);
        desk.Route("rtb-a", "0.0.0.0/0", GatewayTypes.Eip, "0");
        desk.Run(Watching.Refresh + TimeSpan.FromSeconds(15));
        Assert.Equal((ConditionStatuses.True, Reasons.EipRoute), Egress(desk));
        Assert.Single(desk.Events.Reasons, EventReasons.EgressThroughEIP);

        desk.Routes["rtb-a"].Remove(nat);
        desk.TableOf["subnet-a"] = "rtb-b";
        desk.Routes["rtb-b"] = [nat with { ItemId = "rti-b", Destination = "8.0.0.0/8" }];
        desk.Run((Watching.Refresh + TimeSpan.FromSeconds(15)) * 2);
        Assert.Equal((ConditionStatuses.False, Reasons.NatRouteWins), Egress(desk));
        Assert.Contains("rtb-b", desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.EgressReady)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void S8_a_permission_that_is_missing_is_named_and_stands_in_the_way_of_nothing()
    {
        var desk = NewDesk(Watching);
        Bind(desk, Sample.Web0, Sample.HereIp, onRead: Sample.Error(CloudErrorClass.Permission, "AuthFailure.UnauthorizedOperation", "DescribeSubnets"));
        desk.Run(TimeSpan.FromSeconds(10));
        Assert.Equal((ConditionStatuses.Unknown, Reasons.Unauthorized), Egress(desk));
        Assert.Equal(ConditionStatuses.True, desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.Ready)!.Status);
        desk.RouteReadsFail = null;
        desk.Run(TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(5));
        Assert.Equal((ConditionStatuses.True, Reasons.NoRoute), Egress(desk));
    }

    [Fact]
    public void S8_trouble_with_a_later_read_takes_nothing_back()
    {
        var desk = NewDesk(Watching);
        desk.Route("rtb-a", "0.0.0.0/0", GatewayTypes.Nat, "nat-1");
        Bind(desk, Sample.Web0, Sample.HereIp);
        desk.RouteReadsFail = Sample.Error(CloudErrorClass.Unclear);
        desk.Run(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(5));
        Assert.Equal((ConditionStatuses.False, Reasons.NatRouteWins), Egress(desk));
        Assert.InRange(desk.Reads.OfType<QueuedCall.ReadSubnets>().Count(), 2, 20);
    }

    [Fact]
    public void S8_the_missing_route_is_written_down_then_added_and_only_then_told()
    {
        var desk = NewDesk(Managing);
        desk.Route("rtb-a", "0.0.0.0/0", GatewayTypes.Nat, "nat-1");
        Bind(desk, Sample.Web0, Sample.HereIp);
        Assert.Null(desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.EgressReady));
        Assert.Equal(["rtb-a 0.0.0.0/0 Adding"], desk.RouteRecord.Lines);

        var call = desk.Answer<QueuedCall.AddRoutes>();
        Assert.Equal(("rtb-a", Mark), (call.RouteTableId, call.Mark));
        desk.Run(TimeSpan.FromSeconds(5));

        Assert.Equal((ConditionStatuses.True, Reasons.EipRoute), Egress(desk));
        Assert.Equal(["rtb-a 0.0.0.0/0 Added"], desk.RouteRecord.Lines);
        Assert.Equal(1, desk.Core.ManagedRoutes());
        Assert.DoesNotContain(EventReasons.EgressDiverted, desk.Events.Reasons);
        Assert.Contains(desk.Noticed, o => o is Occurrence.RoutesAdded);
        desk.Run(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(5));
        Assert.Empty(desk.Writes);
    }

    [Fact]
    public void S8_what_was_added_is_removed_when_no_bound_Pod_is_left_and_nothing_else()
    {
        var desk = Managed(out var nat);
        var others = desk.Route("rtb-a", "9.0.0.0/8", GatewayTypes.Eip, "0", "somebody's");
        End(desk, Sample.Web0);
        desk.Run(Managing.Linger - TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5));
        Assert.Empty(desk.Sent<QueuedCall.DropRoutes>());

        desk.Run(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(5));
        var call = desk.Answer<QueuedCall.DropRoutes>();
        Assert.Single(call.ItemIds);
        desk.Run(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5));
        Assert.Equal([nat, others], desk.Routes["rtb-a"]);
        Assert.Empty(desk.RouteRecord.Lines);

        var reads = desk.Reads.Count(IsOfRoutes);
        desk.Run(TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(10));
        Assert.Equal(reads, desk.Reads.Count(IsOfRoutes));
    }

    [Fact]
    public void S8_a_Pod_that_comes_back_in_time_keeps_the_route()
    {
        var desk = Managed(out _);
        End(desk, Sample.Web0);
        desk.Run(Managing.Linger / 2, TimeSpan.FromSeconds(5));
        Bind(desk, new ClaimKey("default", "another"), Sample.ThereIp, "eip-2");
        desk.Run(Managing.Linger * 2, TimeSpan.FromSeconds(5));
        Assert.Empty(desk.Writes);
        Assert.Equal(["rtb-a 0.0.0.0/0 Added"], desk.RouteRecord.Lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S8_a_route_that_somebody_removes_or_switches_off_is_not_added_again(bool removed)
    {
        var desk = Managed(out _);
        var ours = desk.Routes["rtb-a"][1];
        desk.Routes["rtb-a"].Remove(ours);
        if (!removed)
        {
            desk.Routes["rtb-a"].Add(ours with { IsEnabled = false });
        }

        desk.Run(TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(10));
        Assert.Empty(desk.Writes);
        Assert.Equal(["rtb-a 0.0.0.0/0 LeftAlone"], desk.RouteRecord.Lines);
        Assert.Equal((ConditionStatuses.False, Reasons.NatRouteWins), Egress(desk));
        Assert.Contains("not added again", desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.EgressReady)!.Message, StringComparison.Ordinal);
        Assert.Single(desk.Noticed, o => o is Occurrence.RouteLost);
    }

    [Fact]
    public void S8_a_missing_permission_to_add_it_degrades_this_alone_and_heals()
    {
        var desk = NewDesk(Managing);
        desk.Route("rtb-a", "0.0.0.0/0", GatewayTypes.Nat, "nat-1");
        Bind(desk, Sample.Web0, Sample.HereIp);
        desk.Answer<QueuedCall.AddRoutes>(Sample.Error(CloudErrorClass.Permission, "AuthFailure.UnauthorizedOperation", "CreateRoutes"));
        desk.Run(TimeSpan.FromSeconds(10));
        Assert.Equal((ConditionStatuses.False, Reasons.NatRouteWins), Egress(desk));
        Assert.Contains("CreateRoutes", desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.EgressReady)!.Message, StringComparison.Ordinal);
        Assert.Equal(ConditionStatuses.True, desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.Ready)!.Status);
        Assert.Empty(desk.RouteRecord.Lines);

        desk.Run(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(5));
        desk.Answer<QueuedCall.AddRoutes>();
        desk.Run(TimeSpan.FromSeconds(10));
        Assert.Equal((ConditionStatuses.True, Reasons.EipRoute), Egress(desk));
    }

    [Fact]
    public void S8_a_pair_that_the_cloud_refuses_is_told_and_tried_seldom()
    {
        var desk = NewDesk(Managing);
        desk.Route("rtb-a", "0.0.0.0/0", GatewayTypes.Nat, "nat-1");
        Bind(desk, Sample.Web0, Sample.HereIp);
        var tries = 0;
        for (var i = 0; i < 360; i++)
        {
            if (desk.Sent<QueuedCall.AddRoutes>().Count > 0)
            {
                desk.Answer<QueuedCall.AddRoutes>(Sample.Error(CloudErrorClass.Conflict, "UnsupportedOperation.EcmpWithUserRoute", "CreateRoutes"));
                tries++;
            }

            desk.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.InRange(tries, 5, 7);
        Assert.Contains("EcmpWithUserRoute", desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.EgressReady)!.Message, StringComparison.Ordinal);
        Assert.Single(desk.Events.Reasons, EventReasons.EgressDiverted);
    }

    [Fact]
    public void S8_a_route_that_was_there_already_is_nobody_elses_to_remove()
    {
        var desk = NewDesk(Managing);
        desk.Route("rtb-a", "0.0.0.0/0", GatewayTypes.Nat, "nat-1");
        Bind(desk, Sample.Web0, Sample.HereIp);
        desk.Route("rtb-a", "0.0.0.0/0", GatewayTypes.Eip, "0", "an operator's");
        desk.Answer<QueuedCall.AddRoutes>(Sample.Error(CloudErrorClass.Conflict, "InvalidParameterValue.Duplicate", "CreateRoutes"));
        desk.Run(TimeSpan.FromSeconds(10));
        Assert.Equal((ConditionStatuses.True, Reasons.EipRoute), Egress(desk));
        End(desk, Sample.Web0);
        desk.Run(TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(10));
        Assert.Equal(2, desk.Routes["rtb-a"].Count);
        Assert.Empty(desk.RouteRecord.Lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S8_an_answer_that_is_lost_is_found_out_by_a_read(bool happened)
    {
        var desk = NewDesk(Managing);
        desk.Route("rtb-a", "0.0.0.0/0", GatewayTypes.Nat, "nat-1");
        Bind(desk, Sample.Web0, Sample.HereIp);
        if (happened)
        {
            desk.Route("rtb-a", "0.0.0.0/0", GatewayTypes.Eip, "0", Mark);
        }

        desk.Answer<QueuedCall.AddRoutes>(Sample.Error(CloudErrorClass.Unclear));
        desk.Run(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(5));
        Assert.Equal(happened ? 0 : 1, desk.Sent<QueuedCall.AddRoutes>().Count);
        Assert.Equal([happened ? "rtb-a 0.0.0.0/0 Added" : "rtb-a 0.0.0.0/0 Adding"], desk.RouteRecord.Lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S8_the_next_leader_knows_whose_the_route_is(bool happened)
    {
        // The former one died after it had written down what it was about to add.
        var record = new TinyRouteRecord();
        record.All.Add(new ManagedRoute("rtb-a", "0.0.0.0/0", ManagedRouteState.Adding));
        var desk = NewDesk(Managing, record);
        desk.Route("rtb-a", "0.0.0.0/0", GatewayTypes.Nat, "nat-1");
        if (happened)
        {
            desk.Route("rtb-a", "0.0.0.0/0", GatewayTypes.Eip, "0", Mark);
        }

        Bind(desk, Sample.Web0, Sample.HereIp);
        desk.Run(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(5));
        if (!happened)
        {
            desk.Answer<QueuedCall.AddRoutes>();
            desk.Run(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(["rtb-a 0.0.0.0/0 Added"], record.Lines);
        End(desk, Sample.Web0);
        desk.Run(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(5));
        Assert.Single(desk.Answer<QueuedCall.DropRoutes>().ItemIds);
    }

    [Fact]
    public void S8_a_leader_that_finds_no_bound_Pod_removes_what_a_former_one_added()
    {
        var record = new TinyRouteRecord();
        record.All.Add(new ManagedRoute("rtb-a", "0.0.0.0/0", ManagedRouteState.Added));
        var desk = NewDesk(Managing, record);
        desk.Route("rtb-a", "0.0.0.0/0", GatewayTypes.Eip, "0", Mark);
        desk.Run(TimeSpan.FromMinutes(7), TimeSpan.FromSeconds(5));
        desk.Answer<QueuedCall.DropRoutes>();
        desk.Run(TimeSpan.FromSeconds(5));
        Assert.Empty(record.Lines);
    }

    [Fact]
    public void S8_while_the_CRD_is_being_deleted_no_route_is_removed()
    {
        var desk = Managed(out _);
        End(desk, Sample.Web0);
        desk.Cluster.CrdIsEnding = true;
        desk.Run(TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(10));
        Assert.Empty(desk.Sent<QueuedCall.DropRoutes>());
    }

    [Fact]
    public void S8_narrower_routes_each_get_a_twin_and_other_gateways_none()
    {
        var desk = NewDesk(Managing);
        desk.Route("rtb-a", "0.0.0.0/0", GatewayTypes.Nat, "nat-1");
        desk.Route("rtb-a", "8.0.0.0/8", GatewayTypes.Nat, "nat-1");
        desk.Route("rtb-a", "203.0.113.0/24", "VPN", "vpngw-1");
        Bind(desk, Sample.Web0, Sample.HereIp);
        Assert.Equal(["0.0.0.0/0", "8.0.0.0/8"], desk.Answer<QueuedCall.AddRoutes>().Destinations.Order());
        desk.Run(TimeSpan.FromSeconds(5));
        Assert.Equal((ConditionStatuses.False, Reasons.OtherRouteWins), Egress(desk));
        Assert.Empty(desk.Writes);
    }

    private static Desk NewDesk(EgressSettings? egress, TinyRouteRecord? record = null)
    {
        var desk = new Desk(new CoreSettings { Rates = new RateLimits { Multiplier = 1e12 }, Egress = egress, Book = new BookSettings { Resync = TimeSpan.FromHours(10) } }, routes: record);
        desk.Settle();
        return desk;
    }

    /// <summary>A desk on which the route was added.</summary>
    private static Desk Managed(out Route nat)
    {
        var desk = NewDesk(Managing);
        nat = desk.Route("rtb-a", "0.0.0.0/0", GatewayTypes.Nat, "nat-1");
        Bind(desk, Sample.Web0, Sample.HereIp);
        desk.Answer<QueuedCall.AddRoutes>();
        desk.Run(TimeSpan.FromSeconds(5));
        Assert.Equal(["rtb-a 0.0.0.0/0 Added"], desk.RouteRecord.Lines);
        return desk;
    }

    private static void Bind(Desk desk, ClaimKey key, NetworkTarget target, string address = "eip-1", CloudException? onRead = null)
    {
        desk.RouteReadsFail = onRead;
        desk.Cloud[address] = Sample.Given(address);
        desk.Interfaces[target.PrivateIp] = target.NetworkInterfaceId;
        desk.Cluster.Put(new Histories.TruePod(key, "pod-" + key.Name, new Api.Demands.PodDemand.GivenAddresses([address], AttributesIgnored: false), Api.Demands.DeletePolicy.Delete)
        {
            Node = "node-a", PrivateIp = target.PrivateIp, EniId = target.NetworkInterfaceId,
        });
        desk.Settle();
        for (var i = 0; i < 20 && desk.Cluster.Claim(key)?.Status.Phase != ClaimPhase.Bound; i++)
        {
            if (desk.Sent<QueuedCall.Associate>().Count > 0)
            {
                // The reads go out with the answer; the bind is seen to be done a poll later.
                desk.Answer<QueuedCall.Associate>();
                desk.Settle();
            }

            desk.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(ClaimPhase.Bound, desk.Claim(key).Status.Phase);
    }

    private static void End(Desk desk, ClaimKey key)
    {
        desk.Cluster.RemovePod(desk.Cluster.Pod(key)!);
        for (var i = 0; i < 30 && desk.Cluster.Claim(key) is not null; i++)
        {
            desk.Advance(TimeSpan.FromSeconds(1));
            if (desk.Sent<QueuedCall.Disassociate>().Count > 0)
            {
                desk.Answer<QueuedCall.Disassociate>();
            }
        }

        Assert.Null(desk.Cluster.Claim(key));
    }

    private static bool IsOfRoutes(QueuedCall call) => call is QueuedCall.ReadSubnets or QueuedCall.ReadRouteTables;

    private static (string?, string?) Egress(Desk desk) =>
        desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.EgressReady) is { } condition ? (condition.Status, condition.Reason) : (null, null);

    private static Func<int> StatusWrites(Desk desk)
    {
        var writes = 0;
        desk.Cluster.SideEffect = () => writes++;
        return () => writes;
    }
}
