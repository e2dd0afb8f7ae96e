using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>
/// Every rule of the system. A pure function: the same view gives the same step, and nothing here waits, sends, logs
/// or looks at a clock. Read the four files beside this one in this order:
/// <see cref="WithoutClaim"/>, <see cref="ServingClaim"/> (with <see cref="OwnAddressChoice"/> and
/// <see cref="GivenAddressChoice"/>), <see cref="FreedClaim"/>, <see cref="DeletedClaim"/>; then <see cref="ReadinessGate"/>, which says on
/// the Pod what came of it. <see cref="WorkloadTies"/> come when there is nothing more urgent.
/// </summary>
public static class Planner
{
    /// <summary>The one next step for a key.</summary>
    /// <param name="view">All that is known about it.</param>
    /// <param name="settings">What the operator chose.</param>
    /// <param name="now">The time the view was taken.</param>
    public static Step Plan(ClaimView view, PlannerSettings settings, DateTimeOffset now)
    {
        var step = ReadinessGate.Plan(view, PlanAddress(view, settings, now), now);
        return step is Step.Rest or Step.Wait ? WorkloadTies.Plan(view, step, settings) ?? step : step;
    }

    private static Step PlanAddress(ClaimView view, PlannerSettings settings, DateTimeOffset now)
    {
        if (view.Claim is null)
        {
            return WithoutClaim.Plan(view, settings, now);
        }

        // A claim that a user deletes has a way out; all others wait until the cloud looks right again.
        if (view is { CloudLooksWrong: true, Address.IsMissing: true } && !view.Claim.IsDeleting())
        {
            return Waits.ForTheRightCloud(view.Address, settings, now);
        }

        if (view.Claim.IsDeleting())
        {
            return DeletedClaim.Plan(view, settings, now);
        }

        return PodStanding.Of(view, settings) switch
        {
            PodStanding.Kind.Unsure => new Step.ConfirmPodAbsent(),
            PodStanding.Kind.Absent or PodStanding.Kind.Ended or PodStanding.Kind.Leaving or PodStanding.Kind.Detached
                => FreedClaim.Plan(view, now, settings),
            var standing => ServingClaim.Plan(view, standing, settings, now),
        };
    }
}
