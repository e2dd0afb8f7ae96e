using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Planning;

/// <summary>S12: which workload a claim records, and when it refers to it.</summary>
public sealed class WorkloadTiesTests
{
    private static readonly WorkloadReference Set = new() { ApiVersion = "apps/v1", Kind = "StatefulSet", Name = "web", Uid = "uid-of-the-set" };
    private static readonly WorkloadReference NewSet = Set with { Uid = "uid-of-the-next-set" };
    private static readonly WorkloadReference Operator = new() { ApiVersion = "games.example.com/v1", Kind = "Game", Name = "chess", Uid = "uid-of-the-game" };

    private static OwnerLookup Present(WorkloadReference top, WorkloadReference? beyond = null) => new OwnerLookup.Known(top, OwnerState.Present, beyond);

    private static OwnerLookup Is(OwnerState state) => new OwnerLookup.Known(Set, state);

    /// <summary>A fixed, bound claim whose Pod is of <see cref="Set"/>.</summary>
    private static ClaimView Bound(WorkloadReference? recorded = null, params ClaimOwnerReference[] owners)
    {
        var view = Given.AFixedBoundClaim();
        return view.With(view.Pod! with { Workload = Set }).With(Tied(view.Claim!, recorded, owners));
    }

    /// <summary>A fixed, retained claim that recorded <see cref="Set"/>.</summary>
    private static ClaimView Retained(params ClaimOwnerReference[] owners) =>
        Given.AFixedBoundClaim().PodGone().With(Given.Address().Marked()).With(Tied(Given.Claim().Fixed().Retained(), Set, owners));

    private static EipClaim Tied(EipClaim claim, WorkloadReference? recorded, ClaimOwnerReference[] owners) =>
        claim with { Spec = claim.Spec with { WorkloadRef = recorded }, Metadata = claim.Metadata with { OwnerReferences = owners } };

    private static ClaimOwnerReference To(WorkloadReference owner) =>
        new() { ApiVersion = owner.ApiVersion, Kind = owner.Kind, Name = owner.Name, Uid = owner.Uid, BlockOwnerDeletion = false };

    private static Step Plan(ClaimView view, OwnerLookup? owner = null, bool refers = true) =>
        Planner.Plan(owner is null ? view : view with { Owner = owner }, new PlannerSettings { ReferToOwners = refers }, Given.Now);

    private static WorkloadReference? Recorded(Step step) => Assert.IsType<Step.UpdateSpec>(step).Spec.WorkloadRef;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_workload_of_a_living_Pod_is_asked_for(bool flag) => Assert.Equal(new Step.AskOwner(Set), Plan(Bound(), refers: flag));

    [Fact]
    public void Without_the_flag_it_is_recorded_and_followed_and_nothing_refers_to_it()
    {
        Assert.Equal(Set, Recorded(Plan(Bound(), Present(Set), refers: false)));
        Assert.Equal(NewSet, Recorded(Plan(Bound(Set), Present(NewSet), refers: false)));
        Assert.Equal(new Step.Rest(), Plan(Bound(Set), Present(Set), refers: false));
    }

    [Fact]
    public void A_Pod_that_was_set_free_belongs_to_none()
    {
        var free = Bound(Set) with { Pod = Bound().Pod! with { Workload = null }, Owner = new OwnerLookup.None() };
        Assert.Null(Recorded(Plan(free, refers: false)));
        Assert.Null(Recorded(Plan(free)));
        Assert.Equal(new Step.UnreferOwner(), Plan(free.With(Tied(free.Claim!, Set, [To(Set)]))));
    }

    [Fact]
    public void With_the_flag_a_fixed_claim_refers_to_its_workload()
    {
        Assert.Equal(new Step.ReferToOwner(Set), Plan(Bound(), Present(Set)));
        Assert.Equal(new Step.ReferToOwner(Set), Plan(Bound(Set), Present(Set)));
        Assert.Equal(new Step.Rest(), Plan(Bound(Set, To(Set)), Present(Set)));
    }

    [Fact]
    public void A_claim_that_is_not_fixed_does_not() =>
        Assert.Equal(new Step.Rest(), Plan(Given.ABoundClaim().With(Given.ABoundClaim().Pod! with { Workload = Set }).With(Tied(Given.Claim().Bound(), Set, [])), Present(Set)));

    [Fact]
    public void The_reference_follows_a_Pod_to_its_new_workload() => Assert.Equal(new Step.ReferToOwner(NewSet), Plan(Bound(Set, To(Set)), Present(NewSet)));

    [Theory]
    [InlineData(OwnerState.Ending)]
    [InlineData(OwnerState.Gone)]
    [InlineData(OwnerState.Unreadable)]
    public void Never_to_an_owner_that_is_ending_or_gone_or_can_not_be_read(OwnerState state)
    {
        Assert.Equal(new Step.Rest(), Plan(Bound(Set), Is(state)));
        Assert.IsNotType<Step.ReferToOwner>(Plan(Retained(), Is(state)));
    }

    [Fact]
    public void No_answer_changes_nothing() => Assert.Equal(new Step.Rest(), Plan(Bound(NewSet, To(NewSet)), new OwnerLookup.Unanswered()));

    [Fact]
    public void An_owner_that_could_be_read_once_is_not_given_up_for_the_one_below_it() =>
        Assert.Equal(new Step.Rest(), Plan(Bound(Operator, To(Operator)), Present(Set, beyond: Operator)));

    [Fact]
    public void The_flag_off_takes_the_reference_off_again()
    {
        Assert.Equal(new Step.UnreferOwner(), Plan(Bound(Set, To(Set)), Present(Set), refers: false));
        Assert.Equal(new Step.UnreferOwner(), Plan(Retained(To(Set)), refers: false));
    }

    [Fact]
    public void References_that_others_made_stay()
    {
        var theirs = To(Operator) with { BlockOwnerDeletion = null };
        Assert.Equal(new Step.Rest(), Plan(Bound(Set, theirs), Present(Set), refers: false));
        var claim = Bound(Set, theirs, To(Set)).Claim!;
        Assert.Equal([theirs, To(NewSet)], ClaimOwners.Referring(claim, NewSet));
        Assert.Equal([theirs], ClaimOwners.Unreferring(claim));
    }

    [Fact]
    public void Claims_from_before_the_flag_are_caught_up_without_their_Pod_too()
    {
        Assert.Equal(new Step.AskOwner(Set), Plan(Retained()));
        Assert.Equal(new Step.ReferToOwner(Set), Plan(Retained(), Is(OwnerState.Present)));
        Assert.Equal(new Step.Rest(), Plan(Retained(To(Set))));
    }

    [Fact]
    public void An_owner_that_was_gone_before_the_flag_is_reported_and_its_address_kept()
    {
        Assert.Contains("StatefulSet web no longer exists", Plan(Retained(), Is(OwnerState.Gone)).Waits(Reasons.WorkloadGone).Message, StringComparison.Ordinal);

        var reported = Retained().With(Tied(Retained().Claim!.Says(new StatusChange.Waiting(Reasons.WorkloadGone, "…", false)), Set, []));
        Assert.Equal(ClaimPhase.Retained, reported.Claim!.Status.Phase);
        Plan(reported, Is(OwnerState.Gone)).Waits(Reasons.WorkloadGone);
        Plan(reported, refers: false).Writes<StatusChange.Retained>();
    }

    [Fact]
    public void A_claim_that_still_waits_for_its_address_is_tied_meanwhile()
    {
        var waiting = Given.AWaitingClaim().With(Given.Pod().Fixed() with { Workload = Set }).With(Tied(Given.Claim().Fixed(), Set, []));
        Assert.Equal(new Step.AskOwner(Set), Plan(waiting));
        Assert.Equal(new Step.ReferToOwner(Set), Plan(waiting, Is(OwnerState.Present)));
    }

    [Fact]
    public void Nothing_is_bought_while_the_workload_is_ending()
    {
        var waiting = Given.AWaitingClaim().With(Given.Pod() with { Workload = Set }).With(Tied(Given.Claim(), Set, []));
        Assert.IsType<Need.Purchase>(Plan(waiting, Is(OwnerState.Present)).Waits(Reasons.WaitingForAddress).Needs);
        Assert.Null(Plan(waiting, Is(OwnerState.Ending)).Waits(Reasons.Pending).Needs);
    }

    [Theory]
    [InlineData(OwnerState.Ending)]
    [InlineData(OwnerState.Gone)]
    public void No_claim_is_made_while_the_workload_is_ending(OwnerState state)
    {
        var view = Given.OnlyAPod().With(Given.Pod() with { Workload = Set });
        Assert.Equal(new Step.AskOwner(Set), Plan(view));
        Assert.NotNull(Plan(view, Is(state)).Waits(Reasons.Pending).Until);
        Assert.IsType<Step.CreateClaim>(Plan(view, Is(OwnerState.Present)));
    }

    [Fact]
    public void The_claim_of_a_Pod_whose_look_up_failed_records_the_Pods_own_owner() =>
        Assert.Equal(Set, Assert.IsType<Step.CreateClaim>(Plan(Given.OnlyAPod().With(Given.Pod() with { Workload = Set }), new OwnerLookup.Unanswered())).Spec.WorkloadRef);

    [Fact]
    public void A_claim_that_was_deleted_comes_back_only_when_neither_workload_nor_namespace_is_ending()
    {
        var view = Given.OnlyAPod() with { ClaimWasDeleted = true };
        Assert.Equal(new Step.AskWorkload(), Plan(view));
        Plan(view with { WorkloadIsEnding = Answer.Yes }).Waits(Reasons.Pending);
        Assert.IsType<Step.CreateClaim>(Plan(view with { WorkloadIsEnding = Answer.No }));
    }

    [Fact]
    public void Unbound_at_the_deletion_a_fixed_address_is_given_back_when_the_Pod_has_ended()
    {
        var view = Given.AFixedBoundClaim().With(Given.Pod().Fixed().Ending()).With(Given.Address().Marked()).ClaimDeleted() with { CrdIsEnding = Answer.No };
        view.Plan(UnbindMoment.OnDelete).Waits(Reasons.Releasing);
        Assert.IsType<Step.Rename>(view.With(Given.Pod().Fixed().Ending().Ended()).Plan(UnbindMoment.OnDelete));
    }
}
