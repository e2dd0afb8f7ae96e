using PodEip.Api;
using PodEip.Claims.Marks;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Planning;

/// <summary>S11, S12, §7: a claim with a deletion timestamp.</summary>
public sealed class DeletedClaimTests
{
    private static readonly Step.Disassociate Off = new(Given.Id, ProtectsStranger: false);

    private static ClaimView Deleted(ClaimView view) => view.ClaimDeleted() with { CrdIsEnding = Answer.No, WorkloadIsEnding = Answer.No };

    [Fact]
    public void I1_an_address_marked_for_it_but_not_in_its_status_is_taken_so_that_it_can_be_let_go()
    {
        var view = Deleted(Given.Nothing().With(Given.Claim().Fixed())) with { Candidate = Given.Address().Marked().HeldBy(null) };
        Assert.Equal(new Step.Take(Given.Id), view.Plan());
    }

    [Fact]
    public void Without_our_finalizer_it_is_not_ours_to_handle() =>
        Assert.Equal(new Step.Rest(), Deleted(Given.AClaimWithoutPod().With(Given.Claim().Bound().WithoutFinalizer())).Plan());

    [Fact]
    public void S9_the_usual_end_asks_no_questions()
    {
        Assert.Equal(new Step.ForgetClaim(), Given.AClaimWithoutPod().With(Given.Address()).ClaimDeleted().Plan());
        Assert.Equal(new Step.ForgetClaim(), Given.AWaitingClaim().PodGone().ClaimDeleted().Plan());
        Assert.Equal(new Step.ForgetClaim(), Given.AClaimWithoutPod().With(Given.Address().In(AddressState.Gone)).ClaimDeleted().Plan());
    }

    [Fact]
    public void Design7_where_something_would_happen_to_an_address_the_CRD_is_looked_at_first()
    {
        Assert.Equal(new Step.AskCrd(), Given.ABoundClaim().ClaimDeleted().Plan());
        Assert.Equal(new Step.AskCrd(), Given.AFixedBoundClaim().PodGone().With(Given.Address().Marked()).ClaimDeleted().Plan());
        Assert.Equal(new Step.AskCrd(), Given.AFixedBoundClaim().PodGone().With(Given.Address()).ClaimDeleted().Plan());
        Assert.Equal(new Step.AskCrd(), Given.AClaimWithoutPod().With(Given.Address() with { MayYetBind = true }).ClaimDeleted().Plan());
    }

    [Fact]
    public void Design7_an_uninstall_touches_nothing()
    {
        foreach (var view in new[] { Given.ABoundClaim(), Given.AFixedBoundClaim(), Given.AGivenBoundClaim(), Given.AFixedBoundClaim().PodGone() })
        {
            Assert.Equal(new Step.ForgetClaim(TouchNothing: true), (view.ClaimDeleted() with { CrdIsEnding = Answer.Yes }).Plan());
        }
    }

    [Fact]
    public void S12_with_a_living_Pod_the_workload_and_namespace_are_looked_at() =>
        Assert.Equal(new Step.AskWorkload(), (Deleted(Given.ABoundClaim()) with { WorkloadIsEnding = Answer.NotAsked }).Plan());

    [Fact]
    public void S12_while_the_workload_or_namespace_is_ending_the_address_stays_until_the_Pod_has_ended()
    {
        var view = Deleted(Given.ABoundClaim()) with { WorkloadIsEnding = Answer.Yes };
        Assert.NotNull(view.Plan().Waits(Reasons.Releasing).Until);
        Deleted(Given.ABoundClaim().With(Given.Pod().Ending())).Plan().Waits(Reasons.Releasing);
        Assert.Equal(Off, view.With(Given.Pod().Ended()).Plan());
    }

    [Fact]
    public void B11_a_private_IP_that_was_handed_on_is_freed_even_then() =>
        Assert.Equal(
            Off with { ProtectsStranger = true },
            (Deleted(Given.ABoundClaim().With(Given.Pod().Ending())) with { PrivateIpHandedOn = true }).Plan());

    [Fact]
    public void I8_a_Pod_that_only_the_cache_misses_is_asked_for_before_its_address_comes_off() =>
        Assert.Equal(new Step.ConfirmPodAbsent(), Deleted(Given.ABoundClaim().PodNotSeen()).Plan());

    [Fact]
    public void S11_with_a_living_Pod_a_manual_delete_unbinds() => Assert.Equal(Off, Deleted(Given.ABoundClaim()).Plan());

    [Fact]
    public void S11_then_the_Pod_stops_showing_the_address() =>
        Assert.Equal(new Step.PublishOnPod(null), Deleted(Given.ABoundClaim().With(Given.Address())).Plan());

    [Fact]
    public void S11_then_the_fixed_mark_comes_off()
    {
        var view = Deleted(Given.AFixedBoundClaim().With(Given.Pod().Fixed()).With(Given.Address().Marked()));
        Assert.Equal(new Step.Rename(Given.Id, AddressName.OfFreed(Given.Attributes.Hash)), view.Plan());
        view.Failing(Reasons.Throttled).Plan().Waits(Reasons.Throttled);
    }

    [Fact]
    public void S11_then_the_claim_goes_and_comes_back_for_the_living_Pod()
    {
        Assert.Equal(new Step.ForgetClaim(), Deleted(Given.ABoundClaim().With(Given.Pod()).With(Given.Address())).Plan());
        Assert.IsType<Step.CreateClaim>(Given.OnlyAPod().Plan());
    }

    [Fact]
    public void S11_a_retained_claim_is_unmarked_and_let_go()
    {
        var view = Deleted(Given.AFixedBoundClaim().PodGone().With(Given.Claim().Fixed().Retained()));
        Assert.IsType<Step.Rename>(view.With(Given.Address().Marked()).Plan());
        Assert.Equal(new Step.ForgetClaim(), view.With(Given.Address() with { Name = AddressName.OfFreed("abcdef") }).Plan());
    }

    [Fact]
    public void I2_a_given_address_is_unbound_and_let_go_as_it_is()
    {
        var view = Deleted(Given.AGivenBoundClaim().PodGone());
        Assert.Equal(new Step.Disassociate("eip-one", ProtectsStranger: false), view.Plan());
        Assert.Equal(new Step.ForgetClaim(), view.With(Given.GivenAddress("eip-one").HeldBy(Given.Key)).Plan());
    }

    [Fact]
    public void I2_what_somebody_bound_elsewhere_is_let_go_as_it_is() =>
        Assert.Equal(new Step.ForgetClaim(), Deleted(Given.AClaimWithoutPod().With(Given.Address().BoundTo(Given.Elsewhere))).Plan());

    [Fact]
    public void I4_what_another_claim_holds_is_not_touched() =>
        Assert.Equal(
            new Step.ForgetClaim(),
            Deleted(Given.AFixedBoundClaim().PodGone().With(Given.Address().Marked().BoundTo(Given.Here).HeldBy(Given.OtherKey))).Plan());

    [Fact]
    public void I5_what_our_status_names_and_nobody_holds_comes_off_too() =>
        Assert.Equal(Off, Deleted(Given.AClaimWithoutPod().With(Given.Address().BoundTo(Given.Here).HeldBy(null))).Plan());

    [Fact]
    public void I8_an_address_that_was_not_read_is_read_before_it_is_let_go() =>
        Deleted(Given.AClaimWithoutPod().With(Given.Address().In(AddressState.Unread))).Plan().Waits(Reasons.Unbinding);
}
