using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Tests.Addresses;
using PodEip.Controller.Tests.Histories;
using Xunit;

namespace PodEip.Controller.Tests.Reconciling;

/// <summary>S10 in the core: the end of a retention, and the reads that come before it.</summary>
public sealed class ExpiryTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly CoreSettings AnHour = new()
    {
        Planner = new PlannerSettings { ClaimExpiry = Hour },
        Rates = new RateLimits { Multiplier = 1e12 },
    };

    private static Desk Retained(CoreSettings? settings = null, TimeSpan? ago = null, string? expireAfter = null)
    {
        var claim = Sample.Claim(Sample.Web0, "eip-1", isFixed: true);
        claim = claim with
        {
            Spec = claim.Spec with { ExpireAfter = expireAfter },
            Status = claim.Status with
            {
                Origin = AddressOrigin.Own, AttributeHash = Sample.Attributes.Hash, PublicIp = "203.0.113.7", Phase = ClaimPhase.Retained,
                RetainedSince = Sample.Start - (ago ?? TimeSpan.Zero), ObservedGeneration = 1,
            },
        };
        var desk = new Desk(settings ?? AnHour, cluster => cluster.Claims[claim.Key.ToString()] = claim);
        desk.Cloud["eip-1"] = Sample.Own("eip-1", name: Claims.Marks.AddressName.OfFixed(Sample.Web0));
        desk.Settle();
        return desk;
    }

    [Fact]
    public void It_says_when_it_ends_and_ends_then_by_the_ordinary_way()
    {
        var desk = Retained();
        desk.Run(TimeSpan.FromSeconds(5));
        Assert.Contains("2026-01-01T01:00:00Z", desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
        Assert.Equal(ClaimPhase.Retained, desk.Claim(Sample.Web0).Status.Phase);

        desk.Run(TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(1));
        Assert.Null(desk.Claim(Sample.Web0).Metadata.DeletionTimestamp);
        Assert.DoesNotContain(EventReasons.ExpiredEIP, desk.Events.Reasons);
        desk.Run(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(5));
        Assert.Equal(Claims.Marks.AddressName.OfFreed(Sample.Attributes.Hash), desk.Answer<QueuedCall.Rename>().Name);
        desk.Run(TimeSpan.FromSeconds(5));
        Assert.Null(desk.Cluster.Claim(Sample.Web0));
        desk.Answer<QueuedCall.Release>();
        Assert.Empty(desk.Cloud);
        var told = Assert.Single(desk.Events.All, e => e.Reason == EventReasons.ExpiredEIP);
        Assert.False(told.IsWarning);
        Assert.Contains("eip-1 (203.0.113.7)", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_process_counts_from_what_the_status_says()
    {
        var desk = Retained(ago: Hour - TimeSpan.FromSeconds(2));
        Assert.Empty(desk.Events.All);
        desk.Run(TimeSpan.FromMinutes(1));
        Assert.Contains(EventReasons.ExpiredEIP, desk.Events.Reasons);
    }

    [Fact]
    public void I8_a_Pod_that_the_watch_has_yet_to_show_stops_it()
    {
        var desk = Retained();
        desk.Run(TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(1));

        // Created a moment before the end, and the watch is late: only a read past the cache shows it.
        desk.Interfaces[Sample.HereIp.PrivateIp] = Sample.HereIp.NetworkInterfaceId;
        desk.Cluster.Put(new TruePod(Sample.Web0, "pod-2", new PodDemand.NewAddress(Sample.Attributes), DeletePolicy.Never)
        {
            Node = "node-a", PrivateIp = Sample.HereIp.PrivateIp, EniId = Sample.HereIp.NetworkInterfaceId,
        });
        desk.Cluster.Watch.Clear();
        desk.Run(TimeSpan.FromMinutes(2));
        Assert.Empty(desk.Writes);
        Assert.Empty(desk.Withdrawn);
        desk.Cluster.Put(desk.Cluster.Pod(Sample.Web0)!);
        desk.Run(TimeSpan.FromSeconds(2));
        Assert.Equal(Sample.HereIp, desk.Answer<QueuedCall.Associate>().Target);
        Assert.DoesNotContain(EventReasons.ExpiredEIP, desk.Events.Reasons);
        Assert.Null(desk.Claim(Sample.Web0).Status.RetainedSince);
    }

    [Fact]
    public void I8_a_Pod_that_has_ended_by_the_watch_and_was_replaced_stops_it()
    {
        var desk = Retained();
        desk.Cluster.Put(new TruePod(Sample.Web0, "pod-1", new PodDemand.NewAddress(Sample.Attributes), DeletePolicy.Never) { HasEnded = true });
        desk.Run(Hour - TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
        desk.Cluster.Put(new TruePod(Sample.Web0, "pod-2", new PodDemand.NewAddress(Sample.Attributes), DeletePolicy.Never) { Node = "node-a" });
        desk.Cluster.Watch.Clear();
        desk.Run(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain(EventReasons.ExpiredEIP, desk.Events.Reasons);
        Assert.Equal(ClaimPhase.Allocated, desk.Claim(Sample.Web0).Status.Phase);
    }

    [Fact]
    public void An_ended_Pod_that_stays_does_not_keep_it_and_leaves_no_ghost()
    {
        var desk = Retained();
        var ended = new TruePod(Sample.Web0, "pod-1", new PodDemand.NewAddress(Sample.Attributes), DeletePolicy.Never) { HasEnded = true };
        desk.Cluster.Put(ended);
        desk.Run(Hour + TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30));
        Assert.Contains(EventReasons.ExpiredEIP, desk.Events.Reasons);
        desk.Answer<QueuedCall.Rename>();
        desk.Cluster.RemovePod(ended);
        desk.Run(TimeSpan.FromSeconds(5));
        Assert.Null(desk.Core.Observe(Sample.Web0).Pod);
    }

    [Fact]
    public async Task A_time_edited_by_hand_takes_effect_at_once_and_a_bad_one_is_said_once()
    {
        var desk = Retained(ago: TimeSpan.FromMinutes(30));
        var edited = desk.Claim(Sample.Web0);
        await desk.Cluster.WriteSpecAsync(edited, edited.Spec with { ExpireAfter = "4m" }, TestContext.Current.CancellationToken);
        desk.Run(Hour * 2, TimeSpan.FromMinutes(1));
        var warning = Assert.Single(desk.Events.All);
        Assert.True(warning.IsWarning);
        Assert.Contains("\"4m\" is too short: want at least 5m", warning.Message, StringComparison.Ordinal);
        Assert.Equal(ClaimPhase.Retained, desk.Claim(Sample.Web0).Status.Phase);

        edited = desk.Claim(Sample.Web0);
        await desk.Cluster.WriteSpecAsync(edited, edited.Spec with { ExpireAfter = "1h" }, TestContext.Current.CancellationToken);
        desk.Settle();
        Assert.Contains(EventReasons.ExpiredEIP, desk.Events.Reasons);
    }

    [Fact]
    public void An_annotation_that_is_too_short_is_warned_of_once_and_binding_goes_on()
    {
        var desk = new Desk(AnHour);
        desk.Cloud["eip-1"] = Sample.Own("eip-1");
        var claim = desk.Bind(Sample.Web0, Sample.HereIp, "eip-1");
        var pod = desk.Cluster.Pod(Sample.Web0)!;
        desk.Cluster.Put(pod with { ExpiryError = "annotation claim-expired-duration: \"1m\" is too short" });
        desk.Run(TimeSpan.FromSeconds(3));
        desk.Cluster.Put(desk.Cluster.Pod(Sample.Web0)!);
        desk.Run(TimeSpan.FromSeconds(3));
        var warning = Assert.Single(desk.Events.All, e => e.IsWarning);
        Assert.Equal(EventReasons.InvalidEIPAttributes, warning.Reason);
        Assert.Equal(claim.Spec, desk.Claim(Sample.Web0).Spec);
        Assert.Equal(AddressStatus.Bound, desk.Cloud["eip-1"].Status);
    }
}
