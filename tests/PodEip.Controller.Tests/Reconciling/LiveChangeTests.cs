using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Cloud;
using PodEip.Controller.Addresses;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Tests.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Reconciling;

/// <summary>B6, B5 in the core: changes of bandwidth, their pace, and addresses that are replaced.</summary>
public sealed class LiveChangeTests
{
    private static readonly AddressAttributes Wider = Sample.Attributes with { BandwidthMbps = 200 };

    private static Desk Bound(bool isFixed = false, CoreSettings? settings = null)
    {
        var desk = new Desk(settings);
        desk.Cloud["eip-1"] = Sample.Own("eip-1") with { BandwidthMbps = 100 };
        desk.Bind(Sample.Web0, Sample.HereIp, "eip-1", isFixed);
        desk.Events.All.Clear();
        return desk;
    }

    private static void Ask(Desk desk, AddressAttributes attributes)
    {
        desk.Cluster.Put(desk.Cluster.Pod(Sample.Web0)! with { Demand = new PodDemand.NewAddress(attributes) });
        desk.Settle();
    }

    [Fact]
    public void Another_bandwidth_is_asked_of_the_cloud_once_confirmed_by_a_read_and_told()
    {
        var desk = Bound();
        Ask(desk, Wider);
        Assert.Equal(new QueuedCall.Resize("eip-1", 200, Sample.Web0), Assert.Single(desk.Sent<QueuedCall.Resize>()));
        Assert.Equal(Sample.Attributes.Hash, desk.Claim(Sample.Web0).Status.AttributeHash);
        desk.Answer<QueuedCall.Resize>();
        desk.Run(TimeSpan.FromSeconds(30));

        var status = desk.Claim(Sample.Web0).Status;
        Assert.Equal((Wider.Hash, 200, ClaimPhase.Bound), (status.AttributeHash, status.BandwidthMbps, status.Phase));
        Assert.Equal([EventReasons.ResizedEIP], desk.Events.Reasons);
        Assert.Empty(desk.Writes);
    }

    [Fact]
    public void A_refusal_is_said_keeps_its_pace_and_stands_in_the_way_of_nothing()
    {
        var desk = Bound();
        Ask(desk, Wider);
        Refuse(desk);
        desk.Run(TimeSpan.FromMinutes(4), TimeSpan.FromSeconds(10));
        Assert.Empty(desk.Writes);
        var ready = desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.Ready)!;
        Assert.Equal((ConditionStatuses.True, Reasons.InvalidRequest), (ready.Status, ready.Reason));
        Assert.Contains("words of the cloud", ready.Message, StringComparison.Ordinal);
        Assert.Equal([EventReasons.FailedResizeEIP], desk.Events.Reasons);

        // Tried again at its pace; what is asked for next is tried at once.
        desk.Run(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(10));
        Refuse(desk);
        Ask(desk, Wider with { BandwidthMbps = 150 });
        Assert.Equal(150, Assert.Single(desk.Sent<QueuedCall.Resize>()).BandwidthMbps);
        Refuse(desk);

        // Its Pod ends: the address comes off at once.
        desk.Cluster.Put(desk.Cluster.Pod(Sample.Web0)! with { HasEnded = true });
        desk.Run(TimeSpan.FromSeconds(2));
        desk.Answer<QueuedCall.Disassociate>();
    }

    [Fact]
    public void A_wish_that_is_taken_back_leaves_no_notice()
    {
        var desk = Bound();
        Ask(desk, Wider);
        Refuse(desk);
        Ask(desk, Sample.Attributes);
        desk.Run(TimeSpan.FromSeconds(5));
        var claim = desk.Claim(Sample.Web0);
        Assert.Equal((Reasons.Bound, 100, Sample.Attributes), (claim.Status.Condition(ConditionTypes.Ready)!.Reason, claim.Status.BandwidthMbps, claim.Spec.Attributes));
        Assert.Empty(desk.Writes);
    }

    [Fact]
    public void What_the_cloud_takes_and_never_does_is_tried_again_at_a_pace_and_said()
    {
        var desk = Bound();
        Ask(desk, Wider);
        var tries = 0;
        for (var end = desk.Now + TimeSpan.FromMinutes(10); desk.Now < end;)
        {
            if (desk.Sent<QueuedCall.Resize>().Count > 0)
            {
                tries++;
                desk.Answer<QueuedCall.Resize>();
                desk.Cloud["eip-1"] = desk.Cloud["eip-1"] with { BandwidthMbps = 100 };
            }

            desk.Run(TimeSpan.FromSeconds(5));
        }

        Assert.InRange(tries, 2, 7);
        Assert.Contains("does not show it", desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
        Assert.Contains(EventReasons.FailedResizeEIP, desk.Events.Reasons);
    }

    [Fact]
    public void An_answer_that_never_came_is_settled_by_a_read()
    {
        var desk = Bound();
        Ask(desk, Wider);
        desk.Cloud["eip-1"] = desk.Cloud["eip-1"] with { BandwidthMbps = 200 };
        desk.Answer<QueuedCall.Resize>(Sample.Error(CloudErrorClass.Unclear, "Timeout", "ModifyAddressesBandwidth"));
        desk.Run(TimeSpan.FromSeconds(30));
        Assert.Equal(200, desk.Claim(Sample.Web0).Status.BandwidthMbps);
        Assert.Empty(desk.Writes);
    }

    [Fact]
    public void A_retained_address_changes_with_the_spec()
    {
        var desk = Bound(isFixed: true);
        desk.Cluster.RemovePod(desk.Cluster.Pod(Sample.Web0)!);
        desk.Settle();
        desk.Answer<QueuedCall.Disassociate>();
        desk.Run(TimeSpan.FromSeconds(3));
        var claim = desk.Claim(Sample.Web0);
        Assert.Equal(ClaimPhase.Retained, claim.Status.Phase);
        desk.Cluster.UserEdits(claim, claim.Spec with { Attributes = new AddressAttributes { BandwidthMbps = 7 } });
        desk.Settle();
        Assert.Equal(7, desk.Answer<QueuedCall.Resize>().BandwidthMbps);
        desk.Run(TimeSpan.FromSeconds(3));
        claim = desk.Claim(Sample.Web0);
        Assert.Equal((7, ClaimPhase.Retained, AddressAttributes.DefaultChargeType), (claim.Status.BandwidthMbps, claim.Status.Phase, claim.Spec.Attributes!.InternetChargeType));
    }

    [Theory]
    [InlineData(DriftPolicy.Repair)]
    [InlineData(DriftPolicy.Report)]
    public void A_bandwidth_that_somebody_changed_is_noticed_by_the_next_list(DriftPolicy policy)
    {
        var desk = Bound(settings: new CoreSettings { Planner = new PlannerSettings { Drift = policy }, Rates = new RateLimits { Multiplier = 1e12 } });
        desk.Run(TimeSpan.FromSeconds(30));
        desk.Cloud["eip-1"] = desk.Cloud["eip-1"] with { BandwidthMbps = 5 };
        desk.Run(TimeSpan.FromMinutes(6), TimeSpan.FromSeconds(10));
        Assert.Contains(EventReasons.DriftedEIP, desk.Events.Reasons);
        if (policy is DriftPolicy.Report)
        {
            Assert.Empty(desk.Writes);
            Assert.Equal(Reasons.BandwidthChanged, desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.Ready)!.Reason);
            return;
        }

        Assert.Equal(100, desk.Answer<QueuedCall.Resize>().BandwidthMbps);
        desk.Run(TimeSpan.FromMinutes(1));
        Assert.Empty(desk.Writes);
        Assert.Equal(Reasons.Bound, desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.Ready)!.Reason);
    }

    [Fact]
    public void Another_line_takes_the_address_off_lets_it_go_and_buys_another()
    {
        var desk = Bound();
        Ask(desk, Sample.Attributes with { InternetServiceProvider = "CMCC" });
        Assert.Empty(desk.Sent<QueuedCall.Allocate>());
        desk.Answer<QueuedCall.Disassociate>();
        desk.Run(TimeSpan.FromSeconds(3));
        Assert.Null(desk.Claim(Sample.Web0).Status.AddressId);
        Assert.Equal("CMCC", Assert.Single(desk.Sent<QueuedCall.Allocate>()).Intent.Attributes.InternetServiceProvider);
        Assert.Equal(["eip-1"], Assert.Single(desk.Sent<QueuedCall.Release>()).AddressIds);
        Assert.DoesNotContain(desk.Events.All, e => e.IsWarning);
    }

    [Fact]
    public void A_fixed_claim_warns_once_and_keeps_its_address()
    {
        var desk = Bound(isFixed: true);
        Ask(desk, Sample.Attributes with { InternetServiceProvider = "CMCC" });
        desk.Run(TimeSpan.FromMinutes(6), TimeSpan.FromSeconds(30));
        Assert.Equal([EventReasons.AttributesImmutable], desk.Events.Reasons);
        Assert.Empty(desk.Writes);
        var ready = desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.Ready)!;
        Assert.Equal((ConditionStatuses.True, Reasons.AttributesImmutable), (ready.Status, ready.Reason));
    }

    [Fact]
    public void A_reservation_is_bought_for_marked_and_taken_over_by_its_Pod()
    {
        var desk = new Desk();
        desk.Cluster.UserCreates(Sample.Web0, new EipClaimSpec { Attributes = new AddressAttributes(), DeletePolicy = DeletePolicy.Never });
        desk.Settle();
        desk.Run(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100));
        Assert.Equal(Sample.Attributes, Assert.Single(desk.Sent<QueuedCall.Allocate>()).Intent.Attributes);
        Assert.Contains(PodEipNames.Finalizer, desk.Claim(Sample.Web0).Metadata.Finalizers!);

        desk.Cloud["eip-1"] = Sample.Own("eip-1") with { BandwidthMbps = 100 };
        desk.Answer<QueuedCall.Allocate>(result: new CallResult { Ids = ["eip-1"] });
        desk.Run(TimeSpan.FromSeconds(2));
        Assert.Null(desk.Claim(Sample.Web0).Status.AddressId);
        desk.Answer<QueuedCall.Rename>();
        desk.Run(TimeSpan.FromSeconds(2));
        var status = desk.Claim(Sample.Web0).Status;
        Assert.Equal(("eip-1", "203.0.113.7", ClaimPhase.Retained), (status.AddressId, status.PublicIp, status.Phase));
        Assert.Equal([EventReasons.AllocatedEIP], desk.Events.Reasons);
        Assert.Equal("eip-1", desk.Bind(Sample.Web0, Sample.HereIp, "eip-1", isFixed: true).Status.AddressId);
    }

    private static void Refuse(Desk desk)
    {
        desk.Answer<QueuedCall.Resize>(Sample.Error(CloudErrorClass.Request, "InvalidParameterValue.BandwidthOutOfRange", "ModifyAddressesBandwidth"));
        desk.Settle();
    }
}
