using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.Stock;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Tests.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Reconciling;

/// <summary>The sweep: what it destroys, how much of it, and when it doubts what it sees.</summary>
public sealed class SweepTests
{
    private static readonly NetworkTarget Place = new("eni-x", "10.0.1.99");

    private readonly FakeRecord _record = new();
    private readonly FakePlaces _places = new();

    private Desk Desk(int budget = 20, SweepMode mode = SweepMode.Release, Action<Histories.TinyCluster>? before = null) => new(
        new CoreSettings
        {
            Rates = new RateLimits { Multiplier = 1e12 }, Sweep = mode, SweepBudget = budget, SurplusGrace = TimeSpan.FromSeconds(30), Book = new BookSettings { Resync = TimeSpan.FromMinutes(1) },
        },
        before, _record, _places);

    private static void Leave(Desk desk, int count)
    {
        for (var i = 0; i < count; i++)
        {
            desk.Cloud[$"eip-left{i:00}"] = Sample.Own($"eip-left{i:00}");
        }
    }

    /// <summary>Lets time pass, and the cloud do what it is told.</summary>
    private static void Run(Desk desk, TimeSpan duration, TimeSpan? step = null)
    {
        for (var end = desk.Now + duration; desk.Now < end;)
        {
            while (desk.Writes.Count > 0)
            {
                desk.AnswerFirst();
            }

            desk.Advance(step ?? TimeSpan.FromSeconds(1));
        }
    }

    private static IReadOnlyList<EipClaim> Holders(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var claim = Sample.Claim(new ClaimKey("default", $"db-{i}"), $"eip-{i}", isFixed: true);
            return claim with { Status = claim.Status with { Origin = AddressOrigin.Own, Phase = ClaimPhase.Retained, RetainedSince = Sample.Start } };
        }),
    ];

    private static void Hold(Desk desk, IEnumerable<EipClaim> claims)
    {
        foreach (var claim in claims)
        {
            desk.Cloud[claim.Status.AddressId!] = Sample.Own(claim.Status.AddressId!, name: AddressName.OfFixed(claim.Key));
        }
    }

    [Fact]
    public void What_a_crash_left_is_given_back_within_the_budget_and_the_rest_waits_an_hour()
    {
        var desk = Desk(budget: 5);
        Leave(desk, 12);
        Run(desk, TimeSpan.FromMinutes(20));
        Assert.Equal(7, desk.Cloud.Count);
        Assert.Equal(7, desk.Core.SweepWaits);
        Assert.Equal(7, Assert.Single(desk.Noticed.OfType<Occurrence.SweepWaiting>()).Count);
        Run(desk, TimeSpan.FromMinutes(50), TimeSpan.FromSeconds(5));
        Assert.Equal(2, desk.Cloud.Count);
    }

    [Fact]
    public void What_this_process_saw_freed_is_no_sweep()
    {
        var desk = Desk(budget: 0);
        desk.Cloud["eip-1"] = Sample.Own("eip-1");
        desk.Bind(Sample.Web0, Sample.HereIp, "eip-1");
        desk.Cluster.RemovePod(desk.Cluster.Pod(Sample.Web0)!);
        Run(desk, TimeSpan.FromSeconds(60));
        Assert.Empty(desk.Cloud);
        Leave(desk, 1);
        Run(desk, TimeSpan.FromMinutes(10));
        Assert.Single(desk.Cloud);
    }

    [Fact]
    public void A_sweep_that_only_reports_destroys_nothing()
    {
        var desk = Desk(mode: SweepMode.Report);
        Leave(desk, 3);
        desk.Cloud["eip-x"] = Sample.Own("eip-x", AddressStatus.Bound, Place) with { InstanceId = "ins-1" };
        Run(desk, TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(5));
        Assert.Equal(4, desk.Cloud.Count);
        Assert.Equal(AddressStatus.Bound, desk.Cloud["eip-x"].Status);
        Assert.Equal(SweepMode.Report, Assert.Single(desk.Noticed.OfType<Occurrence.SweepWaiting>()).Mode);
    }

    [Fact]
    public void Orphans_other_clusters_and_TKEs_are_never_touched()
    {
        var desk = Desk();
        desk.Cloud["eip-orphan"] = Sample.Own("eip-orphan", name: AddressName.OfFixed(Sample.Web1));
        desk.Cloud["eip-other"] = Sample.Own("eip-other") with { Tags = new ClusterMark("cls-test", "another-uid").Tags };
        desk.Cloud["eip-tke"] = Sample.Own("eip-tke") with { Tags = new Dictionary<string, string> { ["tke-clusterId"] = "cls-test" } };
        Run(desk, TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(5));
        Assert.Equal(3, desk.Cloud.Count);
        Assert.Equal("eip-orphan", Assert.Single(desk.Noticed.OfType<Occurrence.Orphaned>()).AddressId);
        Assert.Equal(1, desk.Core.AddressesByState()["Orphaned"]);
        Assert.True(desk.Core.OldestIdle()["Orphaned"] > 1700);
    }

    [Fact]
    public void Bound_and_unclaimed_on_a_Node_it_is_unbound_after_a_while_and_given_back()
    {
        var desk = Desk();
        desk.Cloud["eip-x"] = Sample.Own("eip-x", AddressStatus.Bound, Place) with { InstanceId = "ins-1" };
        Run(desk, TimeSpan.FromMinutes(4));
        Assert.Equal(AddressStatus.Bound, desk.Cloud["eip-x"].Status);
        Run(desk, TimeSpan.FromMinutes(3));
        Assert.Empty(desk.Cloud);
        Assert.Equal("eip-x", Assert.Single(desk.Noticed.OfType<Occurrence.Unclaimed>()).AddressId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_fixed_address_whose_claim_lost_its_status_comes_off_where_nobody_is_and_is_its_Pods_again(bool isNode)
    {
        _places.IsNode = isNode;
        var desk = Desk();
        desk.Cloud["eip-f"] = Sample.Own("eip-f", AddressStatus.Bound, Place, AddressName.OfFixed(Sample.Web0)) with { InstanceId = "ins-1" };
        desk.Pod(Sample.Web0, Sample.HereIp, isFixed: true);
        Run(desk, TimeSpan.FromMinutes(4));
        Assert.Equal(("eip-f", Reasons.AddressBoundOutside), (desk.Claim(Sample.Web0).Status.AddressId, desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.Ready)!.Reason));
        Run(desk, TimeSpan.FromMinutes(4));
        Assert.Equal(("eip-f", isNode ? Sample.HereIp : Place), (desk.Claim(Sample.Web0).Status.AddressId, desk.Cloud["eip-f"].Target));
        Assert.Equal(isNode ? ClaimPhase.Bound : ClaimPhase.Failed, desk.Claim(Sample.Web0).Status.Phase);
        Assert.Single(desk.Cloud);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void It_stays_where_the_machine_is_no_Node_or_somebody_is_served(bool isNode, bool isServed)
    {
        (_places.IsNode, _places.IsServed) = (isNode, isServed);
        var desk = Desk();
        desk.Cloud["eip-x"] = Sample.Own("eip-x", AddressStatus.Bound, Place) with { InstanceId = "ins-1" };
        desk.Cloud["eip-nat"] = Sample.Own("eip-nat", AddressStatus.Bound) with { InstanceId = "nat-1" };
        Run(desk, TimeSpan.FromMinutes(12));
        Assert.All(desk.Cloud.Values, address => Assert.Equal(AddressStatus.Bound, address.Status));
        Assert.NotEmpty(desk.Noticed.OfType<Occurrence.LeftUnclaimed>());
    }

    [Fact]
    public void Under_a_Pod_whose_claim_has_another_address_it_is_in_the_way_and_goes()
    {
        var desk = Desk();
        desk.Cloud["eip-x"] = Sample.Own("eip-x", AddressStatus.Bound, Sample.HereIp) with { InstanceId = "ins-1" };
        desk.Cloud["eip-g"] = Sample.Given("eip-g");
        desk.Pod(Sample.Web0, Sample.HereIp);
        desk.Cluster.Put(desk.Cluster.Pod(Sample.Web0)! with { Demand = new Api.Demands.PodDemand.GivenAddresses(["eip-g"], false) });
        Run(desk, TimeSpan.FromMinutes(4));
        Assert.Equal(Reasons.PrivateIpTaken, desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.Ready)!.Reason);
        Run(desk, TimeSpan.FromMinutes(4));
        Assert.Equal(ClaimPhase.Bound, desk.Claim(Sample.Web0).Status.Phase);
        Assert.Equal(["eip-g"], desk.Cloud.Keys);
    }

    [Fact]
    public void When_claims_have_all_but_vanished_nothing_is_swept_until_they_are_back()
    {
        _record.Value = new ClusterRecord("ap-guangzhou", 12);
        var claims = Holders(8);
        var desk = Desk(before: cluster => cluster.Claims[claims[0].Key.ToString()] = claims[0]);
        Hold(desk, claims);
        Leave(desk, 3);
        Run(desk, TimeSpan.FromMinutes(10));
        Assert.True(desk.Core.SweepIsHalted);
        Assert.Equal(11, desk.Cloud.Count);
        Assert.Equal(12, _record.Value.Holders);
        foreach (var claim in claims)
        {
            desk.Cluster.Claims[claim.Key.ToString()] = claim;
            desk.Core.OnClaim(claim);
        }

        Run(desk, TimeSpan.FromMinutes(2));
        Assert.False(desk.Core.SweepIsHalted);
        Assert.Equal(8, desk.Cloud.Count);
        Assert.Equal(8, _record.Value.Holders);
    }

    [Fact]
    public void An_operator_confirms_that_they_are_gone_by_deleting_the_record()
    {
        _record.Value = new ClusterRecord("ap-guangzhou", 12);
        var desk = Desk();
        Leave(desk, 3);
        Run(desk, TimeSpan.FromMinutes(2));
        Assert.Equal(3, desk.Cloud.Count);
        _record.Value = new ClusterRecord(null, null);
        Run(desk, TimeSpan.FromMinutes(2));
        Assert.Empty(desk.Cloud);
    }

    [Fact]
    public void Claims_that_vanish_from_the_watch_halt_it_and_claims_that_end_here_do_not()
    {
        var claims = Holders(8);
        var desk = Desk(before: cluster => claims.ToList().ForEach(claim => cluster.Claims[claim.Key.ToString()] = claim));
        Hold(desk, claims);
        Run(desk, TimeSpan.FromMinutes(1));
        Assert.Equal(8, _record.Value.Holders);
        foreach (var claim in claims)
        {
            desk.Cluster.UserDeletes(desk.Claim(claim.Key));
        }

        Run(desk, TimeSpan.FromMinutes(1));
        Assert.Empty(desk.Cluster.Claims);
        Assert.False(desk.Core.SweepIsHalted);
        Assert.Empty(desk.Cloud);

        var again = Desk(before: cluster => claims.ToList().ForEach(claim => cluster.Claims[claim.Key.ToString()] = claim));
        Hold(again, claims);
        Run(again, TimeSpan.FromMinutes(1));
        foreach (var claim in claims)
        {
            again.Cluster.Claims.Remove(claim.Key.ToString());
            again.Core.OnClaimGone(claim.Key, claim.Metadata.Uid);
        }

        Leave(again, 2);
        Run(again, TimeSpan.FromMinutes(5));
        Assert.True(again.Core.SweepIsHalted);
        Assert.Equal(10, again.Cloud.Count);
    }

    [Fact]
    public void Everything_gone_at_once_is_no_news_and_heals_when_it_is_seen_again()
    {
        var desk = Desk();
        Leave(desk, 4);
        for (var i = 0; i < 4; i++)
        {
            desk.Bind(new ClaimKey("default", $"web-{i}"), new NetworkTarget("eni-a", $"10.0.1.{10 + i}"), $"eip-left{i:00}", uid: $"pod-{i}");
        }

        var before = desk.Cloud.ToDictionary();
        desk.Cloud.Clear();
        Run(desk, TimeSpan.FromMinutes(10));
        Assert.True(desk.Core.CloudLooksWrong);
        Assert.Equal((4, 4), desk.Noticed.OfType<Occurrence.CloudLooksWrong>().Select(o => (o.Missing, o.Named)).Single());
        Assert.All(desk.Cluster.Claims.Values, claim => Assert.Equal(Reasons.CloudLooksWrong, claim.Status.Condition(ConditionTypes.Ready)!.Reason));
        Assert.Equal(before.Keys, desk.Cluster.Claims.Values.Select(claim => claim.Status.AddressId!).Order());
        foreach (var (id, address) in before)
        {
            desk.Cloud[id] = address;
        }

        Run(desk, TimeSpan.FromMinutes(2));
        Assert.False(desk.Core.CloudLooksWrong);
        Assert.All(desk.Cluster.Claims.Values, claim => Assert.Equal(ClaimPhase.Bound, claim.Status.Phase));
        Assert.All(desk.Cluster.Claims.Values, claim => Assert.Equal(ConditionStatuses.True, claim.Status.Condition(ConditionTypes.Ready)!.Status));
        Assert.Equal(4, desk.Cloud.Count);
    }

    [Fact]
    public void Most_gone_while_others_are_seen_is_doubted_for_a_while_and_then_news()
    {
        var desk = Desk();
        Leave(desk, 4);
        for (var i = 0; i < 4; i++)
        {
            desk.Bind(new ClaimKey("default", $"web-{i}"), new NetworkTarget("eni-a", $"10.0.1.{10 + i}"), $"eip-left{i:00}", uid: $"pod-{i}");
        }

        string[] gone = ["eip-left00", "eip-left01", "eip-left02"];
        gone.ToList().ForEach(id => desk.Cloud.Remove(id));
        Run(desk, TimeSpan.FromMinutes(8));
        Assert.True(desk.Core.CloudLooksWrong);
        Assert.Equal(gone, desk.Cluster.Claims.Values.Where(claim => claim.Status.Condition(ConditionTypes.Ready)!.Reason == Reasons.CloudLooksWrong).Select(claim => claim.Status.AddressId!).Order());
        Run(desk, TimeSpan.FromMinutes(8));
        Assert.False(desk.Core.CloudLooksWrong);
        Assert.DoesNotContain(desk.Cluster.Claims.Values, claim => claim.Status.AddressId is { } id && gone.Contains(id) && claim.Status.Condition(ConditionTypes.Ready)!.Status == ConditionStatuses.True);
        Assert.DoesNotContain(desk.Cluster.Claims.Values, claim => claim.Status.Condition(ConditionTypes.Ready)!.Reason == Reasons.CloudLooksWrong);
        Assert.Equal("eip-left03", desk.Claim(new ClaimKey("default", "web-3")).Status.AddressId);
    }

    [Fact]
    public void Who_deletes_the_claims_of_what_is_gone_gets_out_of_the_doubt()
    {
        var claims = Holders(4);
        var desk = Desk(before: cluster => claims.ToList().ForEach(claim => cluster.Claims[claim.Key.ToString()] = claim));
        Run(desk, TimeSpan.FromMinutes(2));
        Assert.True(desk.Core.CloudLooksWrong);
        Assert.All(claims, claim => Assert.Equal(claim.Status.AddressId, desk.Claim(claim.Key).Status.AddressId));
        foreach (var claim in claims)
        {
            desk.Cluster.UserDeletes(desk.Claim(claim.Key));
        }

        Run(desk, TimeSpan.FromMinutes(3));
        Assert.Empty(desk.Cluster.Claims);
        Assert.False(desk.Core.CloudLooksWrong);
    }

    private sealed class FakeRecord : IClusterRecord
    {
        public ClusterRecord Value { get; set; } = new(null, null);

        public Task<ClusterRecord> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(Value);

        public Task SaveAsync(ClusterRecord record, CancellationToken cancellationToken)
        {
            Value = record;
            return Task.CompletedTask;
        }
    }

    private sealed class FakePlaces : IPlaceReader
    {
        public bool IsNode { get; set; } = true;

        public bool IsServed { get; set; }

        public Task<IReadOnlyList<ClaimKey>> FindPodsAsync(string privateIp, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<ClaimKey>>(IsServed ? [Sample.Web1] : []);

        public Task<bool> IsNodeAsync(string instanceId, CancellationToken cancellationToken) => Task.FromResult(IsNode && instanceId == "ins-1");
    }
}
