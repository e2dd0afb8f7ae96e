using PodEip.Api;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Planning;

/// <summary>B5: what --drift makes of each change behind our back.</summary>
public sealed class DriftPolicyTests
{
    private static readonly DriftPolicy[] All = Enum.GetValues<DriftPolicy>();

    private static ClaimView Unbound(ClaimView bound) => bound.With(bound.Address! with { State = AddressState.Unbound, Target = null });

    private static ClaimView NotShown(ClaimView view) => view.With(view.Pod! with { PublishedIp = null });

    [Fact]
    public void Unbound_behind_our_back_it_is_bound_again_when_drift_is_repaired()
    {
        var view = NotShown(Unbound(Given.ABoundClaim()));
        Assert.Equal(DriftKind.Unbound, Drift.Find(view));
        view.Plan(DriftPolicy.Repair).Writes<StatusChange.Allocated>();
    }

    [Theory]
    [InlineData(DriftPolicy.Report, true, "Failed")]
    [InlineData(DriftPolicy.Ignore, false, "Allocated")]
    public void Unbound_behind_our_back_it_is_left_so_and_the_status_is_true(DriftPolicy policy, bool isProblem, string phase)
    {
        var view = Unbound(Given.ABoundClaim());
        Assert.Equal(new Step.PublishOnPod(null), view.Plan(policy));
        view = NotShown(view);
        var wait = view.Plan(policy).Waits(Reasons.Drifted);
        Assert.Equal(isProblem, wait.IsProblem);
        Assert.Contains($"--drift={policy}", wait.Message, StringComparison.Ordinal);
        var claim = view.Claim!.Says(new StatusChange.Waiting(wait.Reason, wait.Message, wait.IsProblem));
        Assert.Equal(phase, claim.Status.Phase);
        Assert.Equal("False", claim.Status.Condition(ConditionTypes.Bound)!.Status);
        view.With(claim).Plan(policy).Waits(Reasons.Drifted);

        // Another trouble that passes does not make it forget.
        claim = claim.Says(new StatusChange.Waiting(Reasons.CloudUnreachable, "…", IsProblem: true));
        view.With(claim).Plan(policy).Waits(Reasons.Drifted);

        // The operator changes the policy, or somebody binds it back.
        Assert.Equal(new Step.Associate(Given.Id, Given.Here), view.With(claim).Plan(DriftPolicy.Repair));
        view.With(claim).With(Given.Address().BoundTo(Given.Here)).Plan(policy).Writes<StatusChange.Bound>();
    }

    [Theory]
    [InlineData(DriftPolicy.Report)]
    [InlineData(DriftPolicy.Ignore)]
    public void A_Pod_that_moved_or_was_made_anew_is_no_drift(DriftPolicy policy)
    {
        var view = NotShown(Unbound(Given.ABoundClaim()));
        var anew = view.With(view.Pod! with { Uid = "another" });
        Assert.Equal(DriftKind.None, Drift.Find(anew));
        anew.Plan(policy).Writes<StatusChange.Allocated>();
        view.With(view.Pod! with { PrivateIp = "10.0.0.77" }).Found(new("eni-here", "10.0.0.77")).Plan(policy).Writes<StatusChange.Allocated>();
        var claim = view.Claim!.Says(new StatusChange.Waiting(Reasons.Drifted, "…", IsProblem: true));
        anew.With(claim).Plan(policy).Writes<StatusChange.Binding>();
    }

    [Fact]
    public void A_Pod_that_ends_ends_the_drift_too()
    {
        var claim = Given.ABoundClaim().Claim!.Says(new StatusChange.Waiting(Reasons.Drifted, "…", IsProblem: true));
        Assert.Equal(new Step.EndClaim(), Unbound(Given.AClaimWithoutPod()).With(claim).Plan(DriftPolicy.Report));
    }

    [Fact]
    public void Bound_elsewhere_it_is_only_reported_whatever_the_policy()
    {
        var view = NotShown(Given.ABoundClaim()).With(Given.Address().BoundTo(Given.Elsewhere));
        Assert.Equal(DriftKind.BoundElsewhere, Drift.Find(view));
        Assert.All(All, policy => view.Plan(policy).Waits(Reasons.AddressBoundOutside));
    }

    [Fact]
    public void Released_an_own_one_is_replaced_or_waited_for()
    {
        var view = NotShown(Given.ABoundClaim()).With(Given.Address().In(AddressState.Gone));
        Assert.Equal(DriftKind.Released, Drift.Find(view));
        view.Plan(DriftPolicy.Repair).Writes<StatusChange.Dropped>();
        Assert.True(view.Plan(DriftPolicy.Report).Waits(Reasons.AddressNotFound).IsProblem);
        Assert.False(view.Plan(DriftPolicy.Ignore).Waits(Reasons.AddressNotFound).IsProblem);
        var kept = NotShown(Given.AFixedBoundClaim()).With(Given.Address().Marked().In(AddressState.Gone));
        var given = NotShown(Given.AGivenBoundClaim()).With(Given.GivenAddress("eip-one").HeldBy(Given.Key).In(AddressState.Gone));
        Assert.All(All, policy => Assert.True(kept.Plan(policy).Waits(Reasons.AddressNotFound).IsProblem));
        Assert.All(All, policy => Assert.True(given.Plan(policy).Waits(Reasons.AddressNotFound).IsProblem));
    }

    [Fact]
    public void Without_its_tag_it_serves_on_and_is_reported_or_tagged_again()
    {
        var view = Given.ABoundClaim().With(Given.Address().BoundTo(Given.Here) with { IsOwn = false, IsManaged = false, LacksTag = true });
        Assert.Equal(DriftKind.Untagged, Drift.Find(view));
        Assert.Equal(new Step.Rest(), view.Plan(DriftPolicy.Repair));
        Assert.Equal(new Step.Rest(), view.Plan(DriftPolicy.Ignore));
        var wait = view.Plan(DriftPolicy.Report).Waits(Reasons.AddressTagLost);
        (view with { TaggingDenied = true }).Plan(DriftPolicy.Repair).Waits(Reasons.AddressTagLost);

        // Said once: the claim is bound, and not ready; it is not written to and fro.
        var claim = view.Claim!.Says(new StatusChange.Waiting(wait.Reason, wait.Message, wait.IsProblem));
        Assert.Equal("Bound", claim.Status.Phase);
        Assert.Equal("False", claim.Status.Condition(ConditionTypes.Ready)!.Status);
        Assert.Equal(wait.Message, view.With(claim).Plan(DriftPolicy.Report).Waits(Reasons.AddressTagLost).Message);
        Given.ABoundClaim().With(claim).Plan(DriftPolicy.Report).Writes<StatusChange.Bound>();
    }

    [Fact]
    public void A_claim_does_not_end_before_the_tag_of_its_address_is_back_unless_that_can_not_be()
    {
        var view = Unbound(Given.AClaimWithoutPod()).ClaimDeleted() with { CrdIsEnding = Answer.No };
        view = view.With(view.Address! with { IsOwn = false, IsManaged = false, LacksTag = true });
        view.Plan(DriftPolicy.Repair).Waits(Reasons.AddressTagLost);
        Assert.Equal(new Step.ForgetClaim(), (view with { TaggingDenied = true }).Plan(DriftPolicy.Repair));
        Assert.Equal(new Step.ForgetClaim(), view.Plan(DriftPolicy.Report));
        Assert.Equal(new Step.ForgetClaim(), view.With(view.Address! with { State = AddressState.Gone }).Plan(DriftPolicy.Repair));
    }

    [Fact]
    public void With_another_clusters_tag_it_is_not_touched_any_more()
    {
        var others = Given.Address().BoundTo(Given.Here) with { IsOwn = false, HasForeignTag = true };
        var view = Given.ABoundClaim().With(others);
        Assert.Equal(DriftKind.Retagged, Drift.Find(view));
        view.Plan(DriftPolicy.Repair).Waits(Reasons.AddressTagLost);
        Given.ABoundClaim().With(others with { State = AddressState.Unbound, Target = null }).Plan(DriftPolicy.Repair).Waits(Reasons.AddressTagLost);
        (view with { PrivateIpHandedOn = true }).Plan(DriftPolicy.Repair).Waits(Reasons.AddressTagLost);
        Assert.Equal(new Step.EndClaim(), Given.AClaimWithoutPod().With(others).Plan());
        Assert.Equal(new Step.ForgetClaim(), (Given.AClaimWithoutPod().With(others).ClaimDeleted() with { CrdIsEnding = Answer.No }).Plan());
        Given.AFixedBoundClaim().PodGone().With(others).Plan().Waits(Reasons.AddressTagLost);
    }

    [Fact]
    public void Arrears_while_it_is_bound_are_reported_and_nothing_is_taken_away()
    {
        var view = Given.ABoundClaim().With(Given.Address().BoundTo(Given.Here) with { IsUnusable = true });
        Assert.Equal(DriftKind.Unusable, Drift.Find(view));
        Assert.True(view.Plan(DriftPolicy.Repair).Waits(Reasons.AddressUnusable).IsProblem);
        Assert.True(view.Plan(DriftPolicy.Report).Waits(Reasons.AddressUnusable).IsProblem);
        Assert.Equal(new Step.Rest(), view.Plan(DriftPolicy.Ignore));
    }

    [Fact]
    public void I2_I3_an_address_that_unbinding_would_destroy_stays_where_it_is()
    {
        var given = Given.AGivenBoundClaim().With(Given.GivenAddress("eip-one").HeldBy(Given.Key).BoundTo(Given.Here) with { CascadeRelease = true });
        given.Plan().Waits(Reasons.AddressCascadeRelease);
        given.PodGone().Plan().Waits(Reasons.AddressCascadeRelease);
        (given.PodGone().ClaimDeleted() with { CrdIsEnding = Answer.No }).Plan().Waits(Reasons.AddressCascadeRelease);
        var kept = Given.AFixedBoundClaim().PodGone().With(Given.Address().Marked().BoundTo(Given.Here) with { CascadeRelease = true });
        kept.Plan().Waits(Reasons.AddressCascadeRelease);

        // The user gives it up: then it may go.
        Assert.IsType<Step.Disassociate>((kept.ClaimDeleted() with { CrdIsEnding = Answer.No }).Plan());
        Assert.IsType<Step.Disassociate>(Given.AClaimWithoutPod().With(Given.Address().BoundTo(Given.Here) with { CascadeRelease = true }).Plan());
    }

    [Fact]
    public void I8_what_is_missing_with_most_others_is_no_news()
    {
        var missing = Given.Address().BoundTo(Given.Here) with { IsMissing = true };
        foreach (var address in new[] { missing, missing with { State = AddressState.Unread } })
        {
            (Given.ABoundClaim().With(address) with { CloudLooksWrong = true }).Plan().Waits(Reasons.CloudLooksWrong);
            (Given.AClaimWithoutPod().With(address) with { CloudLooksWrong = true }).Plan().Waits(Reasons.CloudLooksWrong);
            Assert.Equal(new Step.ForgetClaim(), (Given.AClaimWithoutPod().With(address).ClaimDeleted() with { CloudLooksWrong = true, CrdIsEnding = Answer.No }).Plan());
        }

        Assert.Equal(new Step.Rest(), (Given.ABoundClaim() with { CloudLooksWrong = true }).Plan());
        Assert.Equal(new Step.Rest(), Given.ABoundClaim().With(missing).Plan());
    }
}
