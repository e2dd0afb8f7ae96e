using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Cloud;
using PodEip.Controller.Addresses;
using PodEip.Controller.Tests.Addresses;
using PodEip.Controller.Tests.Histories;
using Xunit;

namespace PodEip.Controller.Tests.Reconciling;

public sealed class ClaimReconcilerTests
{
    private readonly Desk _desk = new();

    public ClaimReconcilerTests() => _desk.Cloud["eip-1"] = Sample.Own("eip-1");

    private ClaimCondition? Ready => _desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.Ready);

    [Fact]
    public void An_ordinary_wait_is_said_only_when_it_lasts_and_said_once()
    {
        _desk.Pod(Sample.Web0, null, node: null);
        _desk.Settle();
        Assert.Null(Ready);
        _desk.Advance(_desk.Settings.ExplainAfter - TimeSpan.FromMilliseconds(1));
        Assert.Null(Ready);
        _desk.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(Reasons.WaitingForSchedule, Ready!.Reason);
        Assert.Equal(ClaimPhase.Pending, _desk.Claim(Sample.Web0).Status.Phase);

        var version = _desk.Claim(Sample.Web0).Metadata.ResourceVersion;
        _desk.Run(TimeSpan.FromSeconds(30));
        Assert.Equal(version, _desk.Claim(Sample.Web0).Metadata.ResourceVersion);
        Assert.Empty(_desk.Events.All);
    }

    [Fact]
    public void A_wait_that_turns_into_another_counts_anew()
    {
        _desk.Pod(Sample.Web0, null, node: null);
        _desk.Settle();
        _desk.Advance(TimeSpan.FromSeconds(2));
        _desk.Pod(Sample.Web0, null);
        _desk.Settle();
        _desk.Advance(TimeSpan.FromSeconds(2));
        Assert.NotEqual(Reasons.WaitingForPrivateIp, Ready!.Reason);
        _desk.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Reasons.WaitingForPrivateIp, Ready!.Reason);
    }

    [Fact]
    public void A_problem_is_said_at_once_and_warned_of_once()
    {
        _desk.Pod(Sample.Web0, Sample.HereIp);
        _desk.Settle();
        _desk.Answer<QueuedCall.Associate>(Sample.Error(CloudErrorClass.AddressUnusable, "InvalidAddressState"));
        _desk.Settle();
        Assert.Equal(Reasons.AddressUnusable, Ready!.Reason);
        Assert.Equal(ClaimPhase.Failed, _desk.Claim(Sample.Web0).Status.Phase);
        for (var i = 0; i < 10; i++)
        {
            _desk.Core.Enqueue(Sample.Web0, false);
            _desk.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([EventReasons.AllocatedEIP, EventReasons.FailedAssociateEIP], _desk.Events.Reasons);
        var (isWarning, _, message) = _desk.Events.All[1];
        Assert.True(isWarning);
        Assert.Contains("InvalidAddressState", message, StringComparison.Ordinal);
        Assert.Contains("req-1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_busy_address_is_no_problem_to_warn_of()
    {
        _desk.Pod(Sample.Web0, Sample.HereIp);
        _desk.Settle();
        _desk.Answer<QueuedCall.Associate>(Sample.Error(CloudErrorClass.Busy));
        _desk.Settle();
        Assert.DoesNotContain(_desk.Events.All, e => e.IsWarning);
        Assert.NotEqual(ClaimPhase.Failed, _desk.Claim(Sample.Web0).Status.Phase);
    }

    [Fact]
    public void The_way_to_bound_is_told_once_each_and_timed_from_the_private_IP()
    {
        _desk.Pod(Sample.Web0, null);
        _desk.Settle();
        _desk.Advance(TimeSpan.FromSeconds(10));
        _desk.Bind(Sample.Web0, Sample.HereIp, "eip-1");
        _desk.Run(TimeSpan.FromMinutes(6));
        Assert.Equal([EventReasons.AllocatedEIP, EventReasons.AssociatedEIP], _desk.Events.Reasons);
        Assert.InRange(Assert.Single(_desk.Bound), TimeSpan.FromMilliseconds(700), TimeSpan.FromSeconds(3));
        Assert.Equal("203.0.113.7", _desk.Cluster.Pod(Sample.Web0)!.PublishedIp);
    }

    [Fact]
    public void A_fixed_claim_says_retained_once_and_associated_again_for_the_next_Pod()
    {
        _desk.Bind(Sample.Web0, Sample.HereIp, "eip-1", isFixed: true);
        _desk.Cluster.RemovePod(_desk.Cluster.Pod(Sample.Web0)!);
        _desk.Settle();
        _desk.Answer<QueuedCall.Disassociate>();
        _desk.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(ClaimPhase.Retained, _desk.Claim(Sample.Web0).Status.Phase);
        _desk.Bind(Sample.Web0, Sample.ThereIp, "eip-1", isFixed: true, uid: "pod-2");
        Assert.Equal(
            [EventReasons.AllocatedEIP, EventReasons.AssociatedEIP, EventReasons.RetainedEIP, EventReasons.AssociatedEIP], _desk.Events.Reasons);
        Assert.Equal(2, _desk.Bound.Count);
    }

    [Fact]
    public void A_conflict_is_no_error_and_the_key_comes_again_in_a_moment()
    {
        _desk.Pod(Sample.Web0, null, node: null);
        _desk.Settle();
        _desk.Cluster.WipeStatuses();
        var version = _desk.Claim(Sample.Web0).Metadata.ResourceVersion;
        _desk.Time.Advance(_desk.Settings.ExplainAfter);
        _desk.Delays.Clear();

        // The watch has not told of the other's write yet.
        _desk.Reconcile(Sample.Web0);
        Assert.Contains((Sample.Web0, TimeSpan.FromMilliseconds(50)), _desk.Delays);
        Assert.Equal(version, _desk.Claim(Sample.Web0).Metadata.ResourceVersion);

        _desk.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(Reasons.WaitingForSchedule, Ready!.Reason);
    }

    [Fact]
    public void A_failure_of_the_API_server_is_the_caller_s_to_repeat()
    {
        _desk.Pod(Sample.Web0, null, node: null);
        _desk.Deliver();
        _desk.Cluster.SideEffect = () => throw new InvalidOperationException("the API server is away");
        var e = Assert.Throws<InvalidOperationException>(() => _desk.Reconcile(Sample.Web0));
        Assert.Equal("the API server is away", e.Message);
        _desk.Cluster.SideEffect = () => { };
        _desk.Reconcile(Sample.Web0);
        Assert.NotNull(_desk.Cluster.Claim(Sample.Web0));
    }

    [Fact]
    public void Attributes_beside_a_list_are_said_to_be_ignored()
    {
        _desk.Cluster.Put(new TruePod(Sample.Web0, "pod-1", new PodDemand.GivenAddresses(["eip-9"], AttributesIgnored: true), DeletePolicy.Delete) { Node = "node-a" });
        _desk.Settle();
        Assert.Contains(EventReasons.IgnoredEIPAttributes, _desk.Events.Reasons);
    }

    [Fact]
    public void A_Pod_off_VPC_CNI_is_told_so_once_and_gets_no_claim()
    {
        var pod = new TruePod(Sample.Web0, "pod-1", new PodDemand.NewAddress(Sample.Attributes), DeletePolicy.Delete) { Node = "node-a" }.ToView();
        pod = pod with { Reading = pod.Reading with { Network = NetworkMode.NotVpcCni, NetworkReason = "the Pod uses the host's network" } };
        _desk.Core.OnPod(pod);
        _desk.Settle();
        _desk.Core.OnPod(pod);
        _desk.Settle();
        Assert.Equal([EventReasons.NotOnVpcCni], _desk.Events.Reasons);
        Assert.Null(_desk.Cluster.Claim(Sample.Web0));
    }

    [Fact]
    public void A_claim_deleted_with_its_CRD_is_let_go_and_nothing_is_touched()
    {
        _desk.Bind(Sample.Web0, Sample.HereIp, "eip-1");
        _desk.Cluster.CrdIsEnding = true;
        _desk.Cluster.RemovePod(_desk.Cluster.Pod(Sample.Web0)!);
        _desk.Cluster.UserDeletes(_desk.Claim(Sample.Web0));
        _desk.Settle();
        Assert.Null(_desk.Cluster.Claim(Sample.Web0));
        _desk.Run(TimeSpan.FromMinutes(2));
        Assert.Empty(_desk.Writes);
    }
}
