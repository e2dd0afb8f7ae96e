using PodEip.Api;
using PodEip.Cloud;
using PodEip.Controller.Addresses;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Tests.Addresses;
using PodEip.Controller.Tests.Histories;
using Xunit;

namespace PodEip.Controller.Tests.Reconciling;

/// <summary>What is asked again just before a call is sent, and in which order calls go.</summary>
public sealed class LastMomentTests
{
    private static readonly ClaimKey Stranger = new("other", "stranger");

    private readonly Desk _desk = new();

    public LastMomentTests()
    {
        _desk.Cloud["eip-1"] = Sample.Own("eip-1");
        _desk.Cloud["eip-2"] = Sample.Own("eip-2");
    }

    private static QueuedCall.Associate Bind => new("eip-1", Sample.HereIp, Sample.Web0, "pod-1");

    private TruePod Put(Func<TruePod, TruePod>? change = null)
    {
        var pod = _desk.Pod(Sample.Web0, Sample.HereIp);
        _desk.Cluster.Put(change is null ? pod : change(pod));
        _desk.Deliver();
        return pod;
    }

    [Fact]
    public void A_bind_is_wanted_while_its_Pod_lives_with_that_IP()
    {
        Put();
        Assert.True(_desk.Core.IsStillWanted(Bind));
    }

    [Fact]
    public void It_is_not_once_the_Pod_is_gone()
    {
        _desk.Cluster.RemovePod(Put());
        _desk.Deliver();
        Assert.False(_desk.Core.IsStillWanted(Bind));
    }

    [Fact]
    public void It_is_not_once_the_Pod_is_ending()
    {
        Put(p => p with { IsEnding = true });
        Assert.False(_desk.Core.IsStillWanted(Bind));
    }

    [Fact]
    public void It_is_not_once_the_Pod_has_ended()
    {
        Put(p => p with { HasEnded = true });
        Assert.False(_desk.Core.IsStillWanted(Bind));
    }

    [Fact]
    public void It_is_not_when_the_Pod_has_another_IP()
    {
        Put(p => p with { PrivateIp = "10.0.1.77" });
        Assert.False(_desk.Core.IsStillWanted(Bind));
    }

    [Fact]
    public void It_is_not_for_a_namesake()
    {
        Put(p => p with { Uid = "pod-2" });
        Assert.False(_desk.Core.IsStillWanted(Bind));
    }

    [Fact]
    public void What_only_takes_off_reads_or_buys_is_always_wanted()
    {
        Assert.True(_desk.Core.IsStillWanted(new QueuedCall.Disassociate("eip-1", Sample.Web0)));
        Assert.True(_desk.Core.IsStillWanted(new QueuedCall.Allocate(Sample.Intent())));
        Assert.True(_desk.Core.IsStillWanted(new QueuedCall.ReadAddresses(["eip-1"])));
    }

    /// <summary>The bind waits in line while its private IP is handed on: it is withdrawn, and no stale binding ever was.</summary>
    [Fact]
    public void A_bind_to_an_IP_that_was_handed_on_while_it_waited_in_line_is_withdrawn()
    {
        var desk = new Desk(new CoreSettings());
        desk.Cloud["eip-1"] = Sample.Own("eip-1");

        // The lane has no turn to give before time goes on.
        desk.Core.Calls.OnThrottled(CloudAction.AssociateAddress, desk.Now);
        var pod = desk.Pod(Sample.Web0, Sample.HereIp);
        desk.Settle();
        Assert.Equal(1, desk.Core.Calls.Count(CloudAction.AssociateAddress));

        desk.Cluster.RemovePod(pod);
        desk.Deliver();
        desk.Core.OnPassing(Sample.HereIp.PrivateIp, Stranger, "stranger-1");
        desk.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([Bind], desk.Withdrawn);
        Assert.Empty(desk.Sent<QueuedCall.Associate>());
        Assert.Empty(desk.Sent<QueuedCall.Disassociate>());
        Assert.DoesNotContain(desk.Noticed, o => o is Occurrence.StaleBinding or Occurrence.Unbound);
        Assert.Null(desk.Cluster.Claim(Sample.Web0));
    }

    [Fact]
    public void The_unbinding_that_protects_a_stranger_goes_before_those_that_were_in_line()
    {
        _desk.Bind(Sample.Web0, Sample.HereIp, "eip-1");
        _desk.Bind(Sample.Web1, Sample.ThereIp, "eip-2");
        _desk.CloudIsAway = true;
        _desk.Cluster.RemovePod(_desk.Cluster.Pod(Sample.Web0)!);
        _desk.Settle();
        Assert.Equal(1, _desk.Core.Calls.Count(CloudAction.DisassociateAddress));

        _desk.Cluster.RemovePod(_desk.Cluster.Pod(Sample.Web1)!);
        _desk.Deliver();
        _desk.Core.OnPassing(Sample.ThereIp.PrivateIp, Stranger, "stranger-1");
        _desk.Settle();
        _desk.CloudIsAway = false;
        _desk.Settle();
        Assert.Equal(["eip-2", "eip-1"], _desk.Sent<QueuedCall.Disassociate>().Select(c => c.AddressId));
    }

    [Fact]
    public void The_window_of_a_stale_binding_is_from_the_first_sight_to_the_confirmed_unbinding()
    {
        _desk.Bind(Sample.Web0, Sample.HereIp, "eip-1");
        _desk.Cluster.RemovePod(_desk.Cluster.Pod(Sample.Web0)!);
        _desk.Deliver();
        _desk.Core.OnPassing(Sample.HereIp.PrivateIp, Stranger, "stranger-1");
        var seenAt = _desk.Now;
        _desk.Settle();
        _desk.Advance(TimeSpan.FromMilliseconds(300));

        // Seen again, it is the same window still.
        _desk.Core.OnPassing(Sample.HereIp.PrivateIp, Stranger, "stranger-1");
        _desk.Answer<QueuedCall.Disassociate>();
        for (var i = 0; i < 30 && !_desk.Noticed.OfType<Occurrence.StaleBinding>().Any(); i++)
        {
            _desk.Advance(TimeSpan.FromMilliseconds(100));
        }

        var stale = Assert.Single(_desk.Noticed.OfType<Occurrence.StaleBinding>());
        Assert.Equal(Sample.HereIp.PrivateIp, stale.PrivateIp);
        Assert.Equal(_desk.Now - seenAt, stale.Window);
        Assert.Contains(new Occurrence.Unbound("eip-1", "203.0.113.7", Sample.Web0), _desk.Noticed);
    }

    [Fact]
    public void An_IP_handed_on_under_a_Pod_that_is_still_ending_is_unbound_at_once()
    {
        _desk.Bind(Sample.Web0, Sample.HereIp, "eip-1");
        _desk.Cluster.Put(_desk.Cluster.Pod(Sample.Web0)! with { IsEnding = true });
        _desk.Settle();
        Assert.Empty(_desk.Sent<QueuedCall.Disassociate>());
        _desk.Core.OnPassing(Sample.HereIp.PrivateIp, Stranger, "stranger-1");
        _desk.Settle();
        Assert.Equal(["eip-1"], _desk.Sent<QueuedCall.Disassociate>().Select(c => c.AddressId));
    }

    /// <summary>Two sightings in disorder: the claim's own Pod has the IP and lives, so nothing is taken from it.</summary>
    [Fact]
    public void A_late_sight_of_a_former_owner_takes_nothing_from_the_Pod_that_has_the_IP()
    {
        _desk.Bind(Sample.Web0, Sample.HereIp, "eip-1");
        _desk.Core.OnPassing(Sample.HereIp.PrivateIp, Stranger, "stranger-1");
        _desk.Run(TimeSpan.FromSeconds(5));
        Assert.Empty(_desk.Sent<QueuedCall.Disassociate>());
    }

    [Fact]
    public void A_call_refused_for_rate_is_repeated_before_all_others()
    {
        _desk.Bind(Sample.Web0, Sample.HereIp, "eip-1");
        _desk.Bind(Sample.Web1, Sample.ThereIp, "eip-2");
        _desk.Cluster.RemovePod(_desk.Cluster.Pod(Sample.Web0)!);
        _desk.Settle();
        _desk.CloudIsAway = true;
        _desk.Cluster.RemovePod(_desk.Cluster.Pod(Sample.Web1)!);
        _desk.Settle();
        _desk.Answer<QueuedCall.Disassociate>(Sample.Error(CloudErrorClass.Throttled, "RequestLimitExceeded"));
        _desk.CloudIsAway = false;
        _desk.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["eip-1", "eip-2"], _desk.Sent<QueuedCall.Disassociate>().Select(c => c.AddressId));

        // Nobody was told of a failure: it is only a pace.
        Assert.DoesNotContain(_desk.Noticed, o => o is Occurrence.CallFailed);
    }

    [Fact]
    public void One_denied_call_speaks_for_all_of_its_action_and_is_tried_again_after_minutes()
    {
        _desk.Pod(Sample.Web0, Sample.HereIp);
        _desk.Settle();
        _desk.Answer<QueuedCall.Associate>(Sample.Error(CloudErrorClass.Permission, "UnauthorizedOperation"));
        _desk.Pod(Sample.Web1, Sample.ThereIp);
        _desk.Settle();
        _desk.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_desk.Writes);
        Assert.DoesNotContain(_desk.Noticed, o => o is Occurrence.Unbound);
        foreach (var key in new[] { Sample.Web0, Sample.Web1 })
        {
            Assert.Equal(Reasons.Unauthorized, _desk.Claim(key).Status.Condition(ConditionTypes.Ready)!.Reason);
        }

        _desk.Run(_desk.Settings.PermissionRetry - TimeSpan.FromSeconds(3));
        Assert.Empty(_desk.Writes);
        _desk.Run(TimeSpan.FromSeconds(5));
        Assert.Equal(2, _desk.Sent<QueuedCall.Associate>().Count);
    }

    /// <summary>The address of the gone Pod is forgotten; the look-up that the next Pod on that IP waits for is not.</summary>
    [Fact]
    public void The_end_of_a_Pod_forgets_no_look_up_of_the_next_Pod_on_its_IP()
    {
        _desk.Interfaces[Sample.HereIp.PrivateIp] = Sample.HereIp.NetworkInterfaceId;
        _desk.Settle();
        _desk.CloudIsAway = true;
        var ended = _desk.Pod(Sample.Web0, Sample.HereIp) with { HasEnded = true };
        _desk.Cluster.Put(ended);
        _desk.Settle();
        _desk.Pod(Sample.Web1, Sample.HereIp, uid: "pod-2");
        _desk.Settle();
        _desk.Cluster.RemovePod(ended);
        _desk.Settle();
        _desk.CloudIsAway = false;
        _desk.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains(_desk.Sent<QueuedCall.Associate>(), c => c.Key == Sample.Web1);
    }
}
