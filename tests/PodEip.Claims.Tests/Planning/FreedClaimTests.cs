using PodEip.Api;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Planning;

/// <summary>S9, B11, B18, I3, I8: a claim whose Pod is gone, has ended, leaves, or wants nothing any more.</summary>
public sealed class FreedClaimTests
{
    private static readonly Step.Disassociate Off = new(Given.Id, ProtectsStranger: false);

    private static ClaimView FixedWithoutPod => Given.AFixedBoundClaim().PodGone();

    [Fact]
    public void I8_an_absence_is_confirmed_before_anything_ends() =>
        Assert.Equal(new Step.ConfirmPodAbsent(), Given.ABoundClaim().PodNotSeen().Plan());

    [Fact]
    public void S9_the_address_of_a_Pod_that_is_gone_comes_off() => Assert.Equal(Off, Given.AClaimWithoutPod().Plan());

    [Fact]
    public void B11_the_address_of_a_Pod_that_has_ended_comes_off() =>
        Assert.Equal(Off, Given.ABoundClaim().With(Given.Pod().Ended()).Plan());

    [Fact]
    public void B11_OnDelete_the_address_comes_off_at_the_deletion_timestamp() =>
        Assert.Equal(Off, Given.ABoundClaim().With(Given.Pod().Ending()).Plan(UnbindMoment.OnDelete));

    [Fact]
    public void B18_the_address_comes_off_when_the_annotation_is_removed() =>
        Assert.Equal(Off, Given.ABoundClaim().With(Given.Pod().WithoutDemand()).Plan());

    [Fact]
    public void B11_where_the_private_IP_was_handed_on_the_unbind_goes_first() =>
        Assert.Equal(Off with { ProtectsStranger = true }, (Given.AClaimWithoutPod() with { PrivateIpHandedOn = true }).Plan());

    [Fact]
    public void B18_the_Pod_stops_showing_it_once_it_is_off() =>
        Assert.Equal(
            new Step.PublishOnPod(null),
            Given.ABoundClaim().With(Given.ABoundClaim().Pod!.WithoutDemand()).With(Given.Address()).Plan());

    [Fact]
    public void B11_a_completed_Pod_stops_showing_it_but_a_Pod_that_vanishes_is_not_written_to()
    {
        var shown = Given.ABoundClaim().Pod!;
        Assert.Equal(new Step.PublishOnPod(null), Given.ABoundClaim().With(shown.Ended()).With(Given.Address()).Plan());
        Assert.Equal(new Step.EndClaim(), Given.ABoundClaim().With(shown.Ended().Ending()).With(Given.Address()).Plan());
    }

    [Fact]
    public void S9_a_claim_that_is_not_fixed_ends_when_its_address_is_off() =>
        Assert.Equal(new Step.EndClaim(), Given.AClaimWithoutPod().With(Given.Address()).Plan());

    [Fact]
    public void S9_a_claim_without_address_ends_with_its_Pod()
    {
        Assert.Equal(new Step.EndClaim(), Given.AWaitingClaim().PodGone().Plan());
        Assert.Equal(new Step.EndClaim(), Given.AClaimWithoutPod().With(Given.Address().In(AddressState.Gone)).Plan());
    }

    [Fact]
    public void I3_a_fixed_claim_is_retained() =>
        Assert.Equal(new StatusChange.Retained(Given.Id, Given.PublicIp), FixedWithoutPod.With(Given.Address().Marked()).Plan().Writes<StatusChange.Retained>());

    [Fact]
    public void I3_a_retained_claim_rests() =>
        Assert.Equal(new Step.Rest(), FixedWithoutPod.With(Given.Address().Marked()).With(Given.Claim().Fixed().Retained()).Plan());

    [Fact]
    public void Design3_an_address_whose_Pod_ended_before_it_was_marked_is_marked_now()
    {
        var view = FixedWithoutPod.With(Given.Address());
        Assert.Equal(new Step.Rename(Given.Id, Given.FixedName), view.Plan());
        view.Failing(Reasons.Throttled).Plan().Waits(Reasons.Throttled);
    }

    [Fact]
    public void I2_a_given_address_of_a_fixed_claim_is_kept_and_not_renamed() =>
        Given.AGivenBoundClaim().PodGone().With(Given.Claim().Fixed().Listing("eip-one").Bound("eip-one"))
            .With(Given.GivenAddress("eip-one").HeldBy(Given.Key)).Plan().Writes<StatusChange.Retained>();

    [Fact]
    public void I3_a_fixed_claim_whose_status_was_lost_finds_its_address_by_its_mark()
    {
        var view = Given.Nothing().With(Given.Claim().Fixed());
        Assert.Equal(new Step.Take(Given.Id), (view with { Candidate = Given.Address().HeldBy(null).Marked() }).Plan());
        view.Plan().Waits(Reasons.WaitingForPod);
        (view with { Candidate = Given.Address().HeldBy(null) }).Plan().Waits(Reasons.WaitingForPod);
        (view with { Candidate = Given.Address().HeldBy(Given.OtherKey).Marked() }).Plan().Waits(Reasons.WaitingForPod);
    }

    [Fact]
    public void I6_a_fixed_claim_made_by_hand_gets_its_finalizer_before_it_holds_anything() =>
        Assert.Equal(
            new Step.AddFinalizer(),
            (Given.Nothing().With(Given.Claim().Fixed().WithoutFinalizer()) with { Candidate = Given.Address().HeldBy(null).Marked() }).Plan());

    [Fact]
    public void B19_a_fixed_claim_of_a_Pod_that_went_before_it_had_an_address_waits_and_buys_nothing() =>
        Assert.Null(Given.Nothing().With(Given.Claim().Fixed()).Plan().Waits(Reasons.WaitingForPod).Needs);

    [Fact]
    public void B5_a_retained_address_that_vanished_is_reported() =>
        Assert.True(FixedWithoutPod.With(Given.Address().In(AddressState.Gone)).Plan().Waits(Reasons.AddressNotFound).IsProblem);

    [Fact]
    public void I2_what_somebody_bound_elsewhere_is_reported_and_the_claim_stays()
    {
        Given.AClaimWithoutPod().With(Given.Address().BoundTo(Given.Elsewhere)).Plan().Waits(Reasons.AddressBoundOutside);
        FixedWithoutPod.With(Given.Address().BoundTo(null)).Plan().Waits(Reasons.AddressBoundOutside);
    }

    [Fact]
    public void I4_a_claim_whose_address_another_claim_holds_touches_nothing()
    {
        var bound = Given.Address().BoundTo(Given.Here).HeldBy(Given.OtherKey);
        Assert.Equal(new Step.EndClaim(), Given.AClaimWithoutPod().With(bound).Plan());
        Assert.Equal(Reasons.AddressTakenByOtherClaim, FixedWithoutPod.With(bound).Plan().Writes<StatusChange.Dropped>().Reason);
        Assert.Equal(
            Reasons.AddressTakenByOtherClaim,
            FixedWithoutPod.With(Given.Address().HeldBy(Given.OtherKey)).Plan().Writes<StatusChange.Dropped>().Reason);
    }

    [Fact]
    public void I3_a_fixed_claim_whose_status_was_lost_is_unbound_where_its_ended_Pod_was() =>
        Assert.Equal(
            Off,
            Given.AFixedBoundClaim().With(Given.Pod().Fixed().Ended()).With(Given.Claim().Fixed()).Plan());
}
