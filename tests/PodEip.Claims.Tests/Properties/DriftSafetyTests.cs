using CsCheck;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Properties;

/// <summary>What must hold for every step on every view, whatever --drift and --given say.</summary>
public sealed class DriftSafetyTests
{
    private static void Always(Action<ClaimView, PlannerSettings, Step> holds) =>
        Gen.Select(RandomViews.Any, RandomViews.Among(Enum.GetValues<DriftPolicy>()), RandomViews.Among(Enum.GetValues<GivenPolicy>()), (view, drift, given) => (view, settings: new PlannerSettings { Drift = drift, Given = given }))
            .Sample(x => holds(x.view, x.settings, Planner.Plan(x.view, x.settings, Given.Now)), iter: 10_000);

    [Fact]
    public void I7_no_status_is_written_twice() => Always((view, settings, step) =>
    {
        if (step is Step.WriteStatus { Change: var change })
        {
            var after = view with { Claim = view.Claim!.Says(change), Address = change is StatusChange.Dropped ? null : view.Address };
            Assert.NotEqual(step, Planner.Plan(after, settings, Given.Now));
        }
    });

    [Fact]
    public void I7_what_is_said_of_a_wait_does_not_change_the_plan() => Always((view, settings, step) =>
    {
        if (step is Step.Wait { Reason: not Api.Reasons.AddressBoundOutside } wait && view.Claim is { } claim)
        {
            var said = view.With(claim.Says(new StatusChange.Waiting(wait.Reason, wait.Message, wait.IsProblem)));
            Assert.Equal((wait.Reason, wait.Message), Planner.Plan(said, settings, Given.Now) is Step.Wait again ? (again.Reason, again.Message) : default);
        }
    });

    [Fact]
    public void B5_what_was_unbound_behind_our_back_is_bound_again_only_as_repair() => Always((view, settings, step) =>
    {
        if (step is Step.Associate && settings.Drift is not DriftPolicy.Repair)
        {
            Assert.False(Drift.Find(view).HasFlag(DriftKind.Unbound));
        }
    });

    [Fact]
    public void I2_what_is_another_clusters_or_would_be_destroyed_is_not_unbound() => Always((view, _, step) =>
    {
        if (step is Step.Disassociate or Step.Associate or Step.Rename)
        {
            Assert.False(Drift.Find(view).HasFlag(DriftKind.Retagged));
        }

        if (step is Step.Disassociate && view.Claim!.UsesGivenAddresses())
        {
            Assert.False(view.Address!.CascadeRelease);
        }
    });

    [Fact]
    public void I8_nothing_is_given_up_or_bought_for_what_is_missing_with_most_others() => Always((view, _, step) =>
    {
        if (view is { CloudLooksWrong: true, Address.IsMissing: true, Claim: { } claim } && !claim.IsDeleting())
        {
            Assert.IsType<Step.Wait>(step);
        }
    });
}
