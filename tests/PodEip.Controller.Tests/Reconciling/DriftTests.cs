using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Tests.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Reconciling;

/// <summary>B5: what others change is noticed at the next list, counted, and put right or left.</summary>
public sealed class DriftTests
{
    private static readonly Dictionary<string, string> NoTags = [];

    private static Desk Desk(DriftPolicy policy = DriftPolicy.Repair, Action<Controller.Tests.Histories.TinyCluster>? before = null) => new(
        new CoreSettings { Rates = new RateLimits { Multiplier = 1e12 }, Planner = new PlannerSettings { Drift = policy }, Book = new BookSettings { Resync = TimeSpan.FromMinutes(1) } },
        before);

    private static Desk Bound(DriftPolicy policy)
    {
        var desk = Desk(policy);
        desk.Cloud["eip-1"] = Sample.Own("eip-1");
        desk.Bind(Sample.Web0, Sample.HereIp, "eip-1");
        desk.Run(TimeSpan.FromSeconds(30));
        return desk;
    }

    private static void Unbind(Desk desk) => desk.Cloud["eip-1"] = desk.Cloud["eip-1"] with { Status = AddressStatus.Unbound, Target = null };

    private static int Count(Desk desk, DriftKind kind) => desk.Noticed.OfType<Occurrence.Drifted>().Count(d => d.Kinds.HasFlag(kind));

    [Fact]
    public void What_was_unbound_is_noticed_at_the_next_list_and_bound_again()
    {
        var desk = Bound(DriftPolicy.Repair);
        Unbind(desk);
        desk.Run(TimeSpan.FromSeconds(70));
        Assert.Equal(Sample.HereIp, desk.Answer<QueuedCall.Associate>().Target);
        desk.Run(TimeSpan.FromSeconds(5));
        Assert.Equal(ClaimPhase.Bound, desk.Claim(Sample.Web0).Status.Phase);
        Assert.Equal(1, Count(desk, DriftKind.Unbound));
    }

    [Theory]
    [InlineData(DriftPolicy.Report, 1)]
    [InlineData(DriftPolicy.Ignore, 0)]
    public void What_was_unbound_is_left_so_until_the_Pod_is_made_anew(DriftPolicy policy, int warnings)
    {
        var desk = Bound(policy);
        desk.Events.All.Clear();
        Unbind(desk);
        desk.Run(TimeSpan.FromMinutes(10));
        Assert.Empty(desk.Writes);
        Assert.Equal(Reasons.Drifted, desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.Ready)!.Reason);
        Assert.Null(desk.Cluster.Pod(Sample.Web0)!.PublishedIp);
        Assert.Equal(warnings, desk.Events.All.Count(e => e.IsWarning));
        Assert.Equal(warnings, desk.Events.Reasons.Count(r => r == EventReasons.DriftedEIP));
        Assert.Equal(1, Count(desk, DriftKind.Unbound));

        desk.Pod(Sample.Web0, Sample.HereIp, uid: "pod-2");
        desk.Settle();
        desk.Answer<QueuedCall.Associate>();
        desk.Run(TimeSpan.FromSeconds(5));
        Assert.Equal(ClaimPhase.Bound, desk.Claim(Sample.Web0).Status.Phase);
    }

    [Fact]
    public void A_given_address_that_was_unbound_is_noticed_though_no_list_has_it()
    {
        var desk = Desk();
        desk.Cloud["eip-g"] = Sample.Given("eip-g");
        desk.Pod(Sample.Web0, Sample.HereIp);
        desk.Cluster.Put(desk.Cluster.Pod(Sample.Web0)! with { Demand = new Api.Demands.PodDemand.GivenAddresses(["eip-g"], false) });
        desk.Settle();
        desk.Run(TimeSpan.FromSeconds(2));
        desk.Answer<QueuedCall.Associate>();
        desk.Run(TimeSpan.FromSeconds(30));
        Assert.Equal(ClaimPhase.Bound, desk.Claim(Sample.Web0).Status.Phase);
        desk.Cloud["eip-g"] = Sample.Given("eip-g");
        desk.Run(TimeSpan.FromSeconds(70));
        Assert.Single(desk.Sent<QueuedCall.Associate>());
    }

    [Fact]
    public void A_tag_that_was_removed_is_put_back_though_after_a_restart_no_list_has_the_address()
    {
        var claim = Sample.Claim(Sample.Web0, "eip-1", Sample.HereIp);
        claim = claim with { Status = claim.Status with { Origin = AddressOrigin.Own, PublicIp = "203.0.113.7", PodUid = "pod-1", NodeName = "node-a", Phase = ClaimPhase.Bound } };
        var desk = Desk(before: cluster => cluster.Claims[claim.Key.ToString()] = claim);
        desk.Cloud["eip-1"] = Sample.Own("eip-1", AddressStatus.Bound, Sample.HereIp) with { Tags = NoTags };
        desk.Pod(Sample.Web0, Sample.HereIp);
        desk.Settle();
        desk.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(["eip-1"], desk.Answer<QueuedCall.Tag>().AddressIds);
        desk.Cloud["eip-1"] = desk.Cloud["eip-1"] with { Tags = Sample.Mark.Tags };
        desk.Run(TimeSpan.FromMinutes(5));
        Assert.Empty(desk.Writes);
        Assert.True(desk.Core.Look("eip-1")!.IsOwn);
        Assert.Equal(1, Count(desk, DriftKind.Untagged));
    }

    [Fact]
    public void Tags_are_put_back_ten_a_call_and_not_in_a_hot_loop_when_that_fails()
    {
        var claims = Enumerable.Range(0, 25).Select(i =>
        {
            var claim = Sample.Claim(new ClaimKey("default", $"db-{i}"), $"eip-{i}", isFixed: true);
            return claim with { Status = claim.Status with { Origin = AddressOrigin.Own, Phase = ClaimPhase.Retained, RetainedSince = Sample.Start } };
        }).ToList();
        var desk = Desk(before: cluster => claims.ForEach(claim => cluster.Claims[claim.Key.ToString()] = claim));
        foreach (var claim in claims)
        {
            desk.Cloud[claim.Status.AddressId!] = Sample.Own(claim.Status.AddressId!, name: Claims.Marks.AddressName.OfFixed(claim.Key)) with { Tags = NoTags };
        }

        desk.Settle();
        desk.Run(TimeSpan.FromSeconds(3));
        Assert.Equal([10, 10, 5], desk.Sent<QueuedCall.Tag>().Select(tag => tag.AddressIds.Count));
        var sent = 0;
        for (var i = 0; i < 3600; i++)
        {
            foreach (var write in desk.Writes.ToList())
            {
                sent++;
                desk.Writes.Remove(write);
                desk.Core.OnAnswer(write, null, Sample.Error(CloudErrorClass.Unclear, "InternalError", "TagResources"));
            }

            desk.Advance(TimeSpan.FromSeconds(1));
        }

        // 10 s, doubling to 10 min: about a dozen rounds of three calls in an hour.
        Assert.InRange(sent, 6, 60);
    }

    [Fact]
    public void A_claim_that_ends_without_its_tag_says_what_it_leaves_behind()
    {
        var desk = Bound(DriftPolicy.Report);
        desk.Cloud["eip-1"] = desk.Cloud["eip-1"] with { Tags = NoTags };
        desk.Run(TimeSpan.FromSeconds(70));
        Assert.Equal(Reasons.AddressTagLost, desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.Ready)!.Reason);
        Assert.Equal(ClaimPhase.Bound, desk.Claim(Sample.Web0).Status.Phase);
        desk.Cluster.RemovePod(desk.Cluster.Pod(Sample.Web0)!);
        desk.Settle();
        desk.Answer<QueuedCall.Disassociate>();
        desk.Run(TimeSpan.FromMinutes(10));
        Assert.Null(desk.Cluster.Claim(Sample.Web0));
        Assert.Equal("eip-1", Assert.Single(desk.Noticed.OfType<Occurrence.LeftBehind>()).AddressId);
        Assert.Empty(desk.Writes);
    }

    [Fact]
    public void A_claim_that_ends_waits_for_its_tag_and_then_its_address_is_given_back()
    {
        var desk = Bound(DriftPolicy.Repair);
        desk.Cloud["eip-1"] = desk.Cloud["eip-1"] with { Tags = NoTags };
        desk.Run(TimeSpan.FromSeconds(70));
        desk.Cluster.RemovePod(desk.Cluster.Pod(Sample.Web0)!);
        desk.Settle();
        desk.Answer<QueuedCall.Disassociate>();
        desk.Run(TimeSpan.FromSeconds(30));
        Assert.NotNull(desk.Cluster.Claim(Sample.Web0));
        foreach (var tag in desk.Writes.ToList())
        {
            desk.Writes.Remove(tag);
            desk.Core.OnAnswer(tag, CallResult.Done, null);
        }

        desk.Cloud["eip-1"] = desk.Cloud["eip-1"] with { Tags = Sample.Mark.Tags };
        desk.Run(TimeSpan.FromSeconds(60));
        Assert.Null(desk.Cluster.Claim(Sample.Web0));
        Assert.Equal(["eip-1"], Assert.Single(desk.Sent<QueuedCall.Release>()).AddressIds);
    }

    [Fact]
    public void What_carries_another_clusters_tag_is_not_touched_any_more()
    {
        var desk = Bound(DriftPolicy.Repair);
        desk.Cloud["eip-1"] = desk.Cloud["eip-1"] with { Tags = new Claims.Marks.ClusterMark("cls-test", "another-uid").Tags };
        desk.Run(TimeSpan.FromSeconds(70));
        Assert.Equal(1, Count(desk, DriftKind.Retagged));
        desk.Cluster.RemovePod(desk.Cluster.Pod(Sample.Web0)!);
        desk.Run(TimeSpan.FromMinutes(10));
        Assert.Null(desk.Cluster.Claim(Sample.Web0));
        Assert.Empty(desk.Writes);
    }
}
