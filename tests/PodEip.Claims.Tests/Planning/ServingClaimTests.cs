using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Planning;

/// <summary>S2, S9, B5, B11, B18, I2 to I5: a claim whose Pod lives and which has an address.</summary>
public sealed class ServingClaimTests
{
    [Fact]
    public void S9_a_taken_address_is_written_to_the_status_together_with_where_it_goes()
    {
        var change = Given.AWaitingClaim().With(Given.Address()).Plan().Writes<StatusChange.Allocated>();
        Assert.Equal(new StatusChange.Allocated(Given.Id, Given.PublicIp, IsOwn: true, ClaimsAndAddresses.ToHere), change);
    }

    [Fact]
    public void I4_what_was_only_reserved_and_is_bound_elsewhere_by_now_is_let_go()
    {
        var reserved = Given.AWaitingClaim().With(Given.Address().BoundTo(Given.Elsewhere));
        Assert.Equal(Reasons.AddressBoundOutside, reserved.Plan().Writes<StatusChange.Dropped>().Reason);

        // Marked for this claim, it is its own wherever it is.
        var marked = Given.AWaitingClaim().With(Given.Pod().Fixed()).With(Given.Claim().Fixed()).With(Given.Address().BoundTo(Given.Elsewhere) with { Name = Given.FixedName });
        Assert.Equal(Given.Id, marked.Plan().Writes<StatusChange.Allocated>().AddressId);
    }

    [Fact]
    public void S6_a_given_address_is_written_as_given() =>
        Assert.False(Given.AGivenBoundClaim().With(Given.Claim().Listing("eip-one")).With(Given.GivenAddress("eip-one").HeldBy(Given.Key))
            .Plan().Writes<StatusChange.Allocated>().IsOwn);

    [Fact]
    public void Design3_the_target_is_written_before_the_bind() =>
        Assert.Equal(new StatusChange.Binding(ClaimsAndAddresses.ToHere), Given.AnAllocatedClaim().Plan().Writes<StatusChange.Binding>());

    [Fact]
    public void S9_then_it_is_bound() =>
        Assert.Equal(new Step.Associate(Given.Id, Given.Here), Given.AnAllocatedClaim().With(Given.Claim().Binding()).Plan());

    [Fact]
    public void S9_then_the_status_says_so() =>
        Assert.Equal(
            new StatusChange.Bound(ClaimsAndAddresses.ToHere, Given.PublicIp),
            Given.AWaitingClaim().With(Given.Claim().Binding()).With(Given.Address().BoundTo(Given.Here)).Plan().Writes<StatusChange.Bound>());

    [Fact]
    public void S9_then_the_Pod_shows_it() =>
        Assert.Equal(new Step.PublishOnPod(Given.PublicIp), Given.ABoundClaim().With(Given.Pod()).Plan());

    [Fact]
    public void S9_then_there_is_nothing_to_do()
    {
        Assert.Equal(new Step.Rest(), Given.ABoundClaim().Plan());
        Assert.Equal(new Step.Rest(), Given.AFixedBoundClaim().Plan());
        Assert.Equal(new Step.Rest(), Given.AGivenBoundClaim().Plan());
    }

    [Fact]
    public void Design3_a_fixed_claims_address_is_marked_before_the_claim_says_allocated() =>
        Assert.Equal(
            new Step.Rename(Given.Id, Given.FixedName),
            Given.AWaitingClaim().With(Given.Pod().Fixed()).With(Given.Claim().Fixed()).With(Given.Address()).Plan());

    [Fact]
    public void S1_without_the_permission_to_rename_a_fixed_address_is_used_unmarked() =>
        Assert.IsType<Step.WriteStatus>(
            (Given.AWaitingClaim().With(Given.Pod().Fixed()).With(Given.Claim().Fixed()).With(Given.Address()) with { RenamingDenied = true }).Plan());

    [Fact]
    public void B18_a_bound_claim_that_becomes_fixed_is_marked() =>
        Assert.Equal(
            new Step.Rename(Given.Id, Given.FixedName),
            Given.ABoundClaim().With(Given.Pod().Fixed()).With(Given.Claim().Fixed().Bound()).Plan());

    [Fact]
    public void A_mark_that_failed_is_tried_again_when_it_is_time() =>
        Assert.Equal(
            Given.Now.AddMinutes(1),
            Given.AWaitingClaim().With(Given.Pod().Fixed()).With(Given.Claim().Fixed()).With(Given.Address())
                .Failing(Reasons.Throttled).Plan().Waits(Reasons.Throttled).Until);

    [Fact]
    public void I2_a_given_address_is_never_renamed() =>
        Assert.Equal(
            new Step.Rest(),
            Given.AGivenBoundClaim().With(Given.AGivenBoundClaim().Pod!.Fixed()).With(Given.Claim().Fixed().Listing("eip-one").Bound("eip-one")).Plan());

    [Fact]
    public void B18_the_claim_follows_the_Pods_delete_policy() =>
        Assert.Equal(
            DeletePolicy.Never,
            Assert.IsType<Step.UpdateSpec>(Given.ABoundClaim().With(Given.Pod().Fixed()).Plan()).Spec.DeletePolicy);

    [Fact]
    public void B10_an_expiry_that_cannot_be_read_changes_nothing()
    {
        var claim = Given.Claim().Bound();
        claim = claim with { Spec = claim.Spec with { ExpireAfter = "1h0m0s" } };
        var pod = Given.ABoundClaim().Pod!;
        Assert.Equal(new Step.Rest(), Given.ABoundClaim().With(claim).With(pod with { Reading = pod.Reading with { ExpiryError = "5 is no duration" } }).Plan());
        Assert.Null(Assert.IsType<Step.UpdateSpec>(Given.ABoundClaim().With(claim).Plan()).Spec.ExpireAfter);
    }

    [Fact]
    public void S2_without_a_private_IP_the_bind_waits() => Given.AnAllocatedClaim().NoPrivateIp().Plan().Waits(Reasons.WaitingForPrivateIp);

    [Fact]
    public void S2_the_ENI_is_looked_up() =>
        Assert.Equal(new Need.TargetRead(Given.Here.PrivateIp), Given.AnAllocatedClaim().TargetUnknown().Plan().Waits(Reasons.WaitingForPrivateIp).Needs);

    [Fact]
    public void S2_on_no_ENI_a_bought_address_goes_back_to_stock() =>
        Assert.Equal(Reasons.NotOnVpcCni, Given.AnAllocatedClaim().OnNoInterface().Plan().Writes<StatusChange.Dropped>().Reason);

    [Fact]
    public void I3_on_no_ENI_a_fixed_claim_keeps_its_address_and_waits()
    {
        var view = Given.AFixedBoundClaim().With(Given.Pod().Fixed()).With(Given.Claim().Fixed().Allocated()).With(Given.Address().Marked()).OnNoInterface();
        var wait = view.Plan().Waits(Reasons.NotOnVpcCni);
        Assert.True(wait.IsProblem);
        Assert.Equal(Given.Now.AddMinutes(1), wait.Until);
    }

    [Fact]
    public void I8_a_lookup_that_no_longer_finds_the_ENI_unbinds_nothing_from_the_same_private_IP()
    {
        Given.ABoundClaim().OnNoInterface().Plan().Waits(Reasons.NotOnVpcCni);
        Given.ABoundClaim().TargetUnknown().Plan().Waits(Reasons.WaitingForPrivateIp);
    }

    [Fact]
    public void B11_a_namesake_takes_over_with_its_own_UID_where_the_private_IP_is_the_same() =>
        Assert.Equal(
            Given.Uid,
            Given.ABoundClaim().With(Given.Claim().Bound(to: new BindingIntent(Given.EarlierUid, "node-1", Given.Here)))
                .Plan().Writes<StatusChange.Bound>().To.PodUid);

    [Fact]
    public void B11_a_namesakes_address_is_taken_off_the_old_private_IP()
    {
        var view = Given.ABoundClaim().With(Given.Claim().Bound(to: new BindingIntent(Given.EarlierUid, "node-0", Given.Before)))
            .With(Given.Address().BoundTo(Given.Before));
        Assert.Equal(new Step.Disassociate(Given.Id, ProtectsStranger: false), view.Plan());
        Assert.Equal(new Step.Disassociate(Given.Id, ProtectsStranger: false), view.NoPrivateIp().Plan());
        Assert.Equal(new Step.Disassociate(Given.Id, ProtectsStranger: false), view.TargetUnknown().Plan());
        Assert.Equal(new Step.Disassociate(Given.Id, ProtectsStranger: true), (view with { PrivateIpHandedOn = true }).Plan());
    }

    [Fact]
    public void An_unbind_that_failed_is_tried_again_when_it_is_time()
    {
        var view = Given.ABoundClaim().With(Given.Claim().Bound(to: new BindingIntent(Given.EarlierUid, "node-0", Given.Before)))
            .With(Given.Address().BoundTo(Given.Before)).Failing(Reasons.Unauthorized);
        Assert.Equal(Given.Now.AddMinutes(1), view.Plan().Waits(Reasons.Unauthorized).Until);
    }

    [Fact]
    public void B3_a_stranger_is_protected_before_the_address_is_marked() =>
        Assert.Equal(
            new Step.Disassociate(Given.Id, ProtectsStranger: true),
            (Given.ABoundClaim().With(Given.Pod().Fixed()).With(Given.Claim().Fixed().Bound()) with { PrivateIpHandedOn = true }).Plan());

    [Fact]
    public void B11_a_namesake_without_a_private_IP_is_not_called_bound() =>
        Assert.Null(Given.AFixedBoundClaim().With(Given.Pod().Fixed()).With(Given.Address().Marked()).NoPrivateIp()
            .With(Given.Claim().Fixed().Bound(to: new BindingIntent(Given.EarlierUid, "node-0", Given.Before)))
            .Plan().Writes<StatusChange.Allocated>().Intended);

    [Fact]
    public void Design5_an_unclear_bind_to_an_old_place_is_settled_before_a_new_one_is_written()
    {
        var old = Given.Claim().Binding(to: new BindingIntent(Given.EarlierUid, "node-0", Given.Before));
        var view = Given.AnAllocatedClaim().With(old).With(Given.Address() with { MayYetBind = true });
        Assert.Equal(new Step.Disassociate(Given.Id, ProtectsStranger: false), view.Plan());
        Assert.Equal(new Step.Disassociate(Given.Id, ProtectsStranger: false), view.NoPrivateIp().Plan());
    }

    [Fact]
    public void Design5_an_unclear_bind_to_the_same_place_is_sent_again()
    {
        var view = Given.AnAllocatedClaim().With(Given.Claim().Binding()).With(Given.Address() with { MayYetBind = true });
        Assert.Equal(new Step.Associate(Given.Id, Given.Here), view.Plan());
        view.TargetUnknown().Plan().Waits(Reasons.WaitingForPrivateIp);
    }

    [Fact]
    public void I3_a_retained_address_is_given_to_the_next_Pod_of_the_name()
    {
        var view = Given.AFixedBoundClaim().With(Given.Pod().Fixed()).With(Given.Claim().Fixed().Retained()).With(Given.Address().Marked());
        var claim = Given.Claim().Fixed().Retained().Says(view.Plan().Writes<StatusChange.Allocated>());
        Assert.Null(claim.Status.RetainedSince);
        Assert.Equal(new Step.Associate(Given.Id, Given.Here), view.With(claim).Plan());
    }

    [Fact]
    public void I4_a_private_IP_that_carries_another_address_is_waited_for()
    {
        var wait = (Given.AnAllocatedClaim() with { Carried = Given.Address("eip-old").HeldBy(Given.OtherKey).BoundTo(Given.Here) })
            .Plan().Waits(Reasons.PrivateIpTaken);
        Assert.Equal(new Need.Yield(Given.OtherKey), wait.Needs);
        Assert.NotNull(wait.Until);
    }

    [Fact]
    public void I4_a_private_IP_that_carries_an_address_of_nobodys_is_read_again() =>
        Assert.IsType<Need.AddressRead>(
            (Given.AnAllocatedClaim() with { Carried = Given.Address("eip-old").HeldBy(null).BoundTo(Given.Here) }).Plan().Waits(Reasons.PrivateIpTaken).Needs);

    [Fact]
    public void A_bind_that_failed_is_tried_again_when_it_is_time()
    {
        var view = Given.AnAllocatedClaim().With(Given.Claim().Binding());
        var wait = view.Failing(Reasons.NodeQuotaExceeded).Plan().Waits(Reasons.NodeQuotaExceeded);
        Assert.Equal(Given.Now.AddMinutes(1), wait.Until);
        Assert.True(wait.IsProblem);
        Assert.IsType<Step.Associate>((view with { Failure = new ClaimFailure(Reasons.NodeQuotaExceeded, "", Given.Now, null) }).Plan());
    }

    [Fact]
    public void A_blocked_address_is_not_bound() =>
        Assert.True(Given.AnAllocatedClaim().With(Given.Address() with { IsUnusable = true }).Plan().Waits(Reasons.AddressUnusable).IsProblem);

    [Fact]
    public void An_address_that_was_not_read_yet_is_read() =>
        Assert.IsType<Need.AddressRead>(Given.ABoundClaim().With(Given.Address().In(AddressState.Unread)).Plan().Waits(Reasons.Pending).Needs);

    [Fact]
    public void An_address_that_the_cloud_works_on_is_left_alone() =>
        Assert.NotNull(Given.ABoundClaim().With(Given.Address().In(AddressState.Changing)).Plan().Waits(Reasons.Binding).Until);

    [Fact]
    public void B11_nothing_is_bound_to_a_dying_Pod() =>
        Given.AnAllocatedClaim().With(Given.Pod().Ending()).With(Given.Claim().Binding()).Plan().Waits(Reasons.Unbound);

    [Fact]
    public void B11_OnExit_a_dying_Pod_keeps_what_is_bound() =>
        Assert.Equal(new Step.Rest(), Given.ABoundClaim().With(Given.ABoundClaim().Pod!.Ending()).Plan());

    [Fact]
    public void S4_a_Pod_that_cannot_be_read_keeps_what_it_has() =>
        Assert.Equal(new Step.Rest(), Given.ABoundClaim().With(Given.ABoundClaim().Pod!.Unreadable()).Plan());

    [Fact]
    public void B18_an_unbound_Pod_stops_showing_an_address() =>
        Assert.Equal(new Step.PublishOnPod(null), Given.AnAllocatedClaim().With(Given.Pod() with { PublishedIp = Given.PublicIp }).Plan());
}
