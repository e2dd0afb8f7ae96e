using PodEip.Api;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Planning;

/// <summary>B5, I2, I4, §2: what others do to an address, and a status that stays true meanwhile.</summary>
public sealed class DriftTests
{
    [Fact]
    public void I2_an_address_that_somebody_bound_elsewhere_is_only_reported()
    {
        var view = Given.ABoundClaim().With(Given.Pod()).With(Given.Address().BoundTo(Given.Elsewhere));
        var wait = view.Plan().Waits(Reasons.AddressBoundOutside);
        Assert.True(wait.IsProblem);
        Assert.Contains("10.9.9.9", wait.Message, StringComparison.Ordinal);
        view.With(Given.Address().BoundTo(null)).Plan().Waits(Reasons.AddressBoundOutside);
    }

    [Fact]
    public void I4_where_two_claims_name_one_address_the_loser_drops_it() =>
        Assert.Equal(
            Reasons.AddressTakenByOtherClaim,
            Given.ABoundClaim().With(Given.Address().BoundTo(Given.Here).HeldBy(Given.OtherKey)).Plan().Writes<StatusChange.Dropped>().Reason);

    [Fact]
    public void I4_an_address_that_the_status_names_and_nobody_holds_is_reserved_again() =>
        Assert.Equal(new Step.Take(Given.Id), Given.ABoundClaim().With(Given.Address().BoundTo(Given.Here).HeldBy(null)).Plan());

    [Fact]
    public void B5_a_vanished_address_of_a_claim_that_is_not_fixed_is_replaced() =>
        Assert.Equal(
            Reasons.AddressNotFound,
            Given.ABoundClaim().With(Given.Address().In(AddressState.Gone)).Plan().Writes<StatusChange.Dropped>().Reason);

    [Fact]
    public void B5_a_vanished_fixed_or_given_address_is_never_replaced_silently()
    {
        Given.AFixedBoundClaim().With(Given.Pod().Fixed()).With(Given.Address().In(AddressState.Gone)).Plan().Waits(Reasons.AddressNotFound);
        var given = Given.AGivenBoundClaim();
        given.With(given.Pod! with { PublishedIp = null }).With(given.Address!.In(AddressState.Gone)).Plan().Waits(Reasons.AddressNotFound);
    }

    [Fact]
    public void B18_a_Pod_does_not_go_on_showing_an_address_that_vanished_or_is_bound_elsewhere()
    {
        Assert.Equal(new Step.PublishOnPod(null), Given.AFixedBoundClaim().With(Given.Address().Marked().In(AddressState.Gone)).Plan());
        Assert.Equal(new Step.PublishOnPod(null), Given.ABoundClaim().With(Given.Address().BoundTo(Given.Elsewhere)).Plan());
    }

    [Theory]
    [InlineData(Reasons.AddressBoundOutside)]
    [InlineData(Reasons.AddressNotFound)]
    public void Status_a_claim_whose_address_is_elsewhere_or_gone_is_not_bound_and_heals(string reason)
    {
        var claim = Given.Claim().Bound().Says(new StatusChange.Waiting(reason, "…", IsProblem: true));
        Assert.Equal("Failed", claim.Status.Phase);
        Assert.Equal("False", claim.Status.Condition(ConditionTypes.Bound)!.Status);
        Assert.Equal(Given.Here, claim.RecordedTarget());
        Assert.True(Given.ABoundClaim().With(claim).BindingIsOurs());
        Given.ABoundClaim().With(claim).Plan().Writes<StatusChange.Bound>();
    }

    [Fact]
    public void Status_a_bound_claim_whose_trouble_is_over_says_Ready_again()
    {
        var claim = Given.Claim().Bound().Says(new StatusChange.Waiting(Reasons.Throttled, "…", IsProblem: true));
        Assert.Equal("False", claim.Status.Condition(ConditionTypes.Ready)!.Status);
        var healed = claim.Says(Given.ABoundClaim().With(claim).Plan().Writes<StatusChange.Bound>());
        Assert.Equal("True", healed.Status.Condition(ConditionTypes.Ready)!.Status);
        Assert.Equal(new Step.Rest(), Given.ABoundClaim().With(healed).Plan());
    }

    [Fact]
    public void Status_a_retained_claim_whose_trouble_is_over_says_Retained_again()
    {
        var claim = Given.Claim().Fixed().Retained().Says(new StatusChange.Waiting(Reasons.AddressBoundOutside, "…", IsProblem: true));
        Assert.Equal("Failed", claim.Status.Phase);
        var view = Given.AFixedBoundClaim().PodGone().With(Given.Address().Marked());
        var healed = claim.Says(view.With(claim).Plan().Writes<StatusChange.Retained>());
        Assert.Equal("Retained", healed.Status.Phase);
        Assert.Equal(new Step.Rest(), view.With(healed).Plan());
    }

    [Fact]
    public void Status_a_changed_spec_is_answered_with_its_generation()
    {
        var claim = Given.Claim().Bound();
        claim = claim with { Metadata = claim.Metadata with { Generation = 2 } };
        var answered = claim.Says(Given.ABoundClaim().With(claim).Plan().Writes<StatusChange.Bound>(), Given.Now.AddHours(1));
        Assert.Equal(2, answered.Status.ObservedGeneration);
        Assert.Equal(Given.Now, answered.Status.BoundAt);
        Assert.Equal(new Step.Rest(), Given.ABoundClaim().With(answered).Plan());
    }

    [Fact]
    public void Status_a_public_IP_that_became_known_is_written() =>
        Assert.Equal(
            "5.6.7.8",
            Given.ABoundClaim().With(Given.Address().BoundTo(Given.Here) with { PublicIp = "5.6.7.8" }).Plan().Writes<StatusChange.Bound>().PublicIp);

    [Fact]
    public void I3_after_a_lost_status_the_address_bound_to_the_Pod_is_named_then_bound_then_at_rest()
    {
        var view = Given.ABoundClaim().With(Given.Claim());
        var claim = Given.Claim().Says(view.Plan().Writes<StatusChange.Allocated>());
        claim = claim.Says(view.With(claim).Plan().Writes<StatusChange.Bound>());
        Assert.Equal(new Step.Rest(), view.With(claim).Plan());
    }

    [Fact]
    public void I2_a_record_of_another_address_makes_no_binding_ours() =>
        Assert.False(Given.ABoundClaim().PodGone().With(Given.Address("eip-bbbb").BoundTo(Given.Here)).BindingIsOurs());

    [Fact]
    public void S2_annotations_win_over_an_edited_spec_under_the_same_address()
    {
        var bound = Given.Claim().Bound();
        var edited = bound with { Spec = bound.Spec with { Attributes = null, AddressIds = ["eip-one"] } };
        Assert.Equal(bound.Spec, Assert.IsType<Step.UpdateSpec>(Given.ABoundClaim().With(edited).Plan()).Spec);
        var given = Given.AGivenBoundClaim();
        var turned = given.Claim! with { Spec = Given.Claim().Spec };
        Assert.Equal(given.Claim.Spec, Assert.IsType<Step.UpdateSpec>(given.With(turned).Plan()).Spec);
    }

    [Fact]
    public void B6_another_demand_does_not_change_the_spec_under_a_fixed_address() =>
        Assert.IsType<Step.Wait>(
            Given.AFixedBoundClaim().With(Given.AFixedBoundClaim().Pod!.Demanding(new Api.Demands.PodDemand.NewAddress(Given.Attributes with { InternetServiceProvider = "CMCC" }))).Plan());
}
