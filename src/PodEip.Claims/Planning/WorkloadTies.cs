using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>
/// Rules that tie a claim to the workload at the top of its Pod's owners: it is recorded always, and referred to by fixed claims
/// where the operator wants them to go with it. Nothing of this is urgent, so it comes when the address has nothing to do.
/// </summary>
internal static class WorkloadTies
{
    /// <param name="view">All that is known.</param>
    /// <param name="step">What the address would do: rest or wait.</param>
    /// <param name="settings">What the operator chose.</param>
    /// <returns>What goes before that; null for nothing.</returns>
    public static Step? Plan(ClaimView view, Step step, PlannerSettings settings)
    {
        if (view.Claim is not { } claim || claim.IsDeleting() || !claim.HasFinalizer())
        {
            return null;
        }

        var refers = ClaimOwners.Ours(claim) is not null;
        if (!(settings.ReferToOwners && claim.IsFixed()))
        {
            return refers ? new Step.UnreferOwner()
                : SaysGone(claim) && view.Address is { } kept ? new Step.WriteStatus(new StatusChange.Retained(kept.Id, kept.PublicIp))
                : view.Pod is { IsEnding: false, HasEnded: false } ? Follow(view, claim)
                : null;
        }

        if (view.Workload is not { } first)
        {
            return Follow(view, claim);
        }

        return view.Owner switch
        {
            OwnerLookup.NotAsked when !(refers && view.Pod is null) => new Step.AskOwner(first),
            OwnerLookup.Known { State: OwnerState.Present } known when !(refers && Records(claim, known)) => new Step.ReferToOwner(known.Top),
            OwnerLookup.Known { State: OwnerState.Gone } known when !refers && claim.SaysRetained() && step is (Step.Rest or Step.Wait { Reason: Reasons.Retained }) => Report(known.Top, step),
            OwnerLookup.Known { State: OwnerState.Unreadable } when !refers => Follow(view, claim),
            _ => null,
        };
    }

    /// <summary>Records the workload of a living Pod that got another owner.</summary>
    private static Step? Follow(ClaimView view, EipClaim claim)
    {
        if (view.Workload is not { } first)
        {
            // A Pod that was set free by its owner belongs to none.
            return view.Pod is not { IsEnding: false, HasEnded: false } || claim.Spec.WorkloadRef is null ? null
                : ClaimOwners.Ours(claim) is not null ? new Step.UnreferOwner()
                : new Step.UpdateSpec(claim.Spec with { WorkloadRef = null });
        }

        return view.Owner switch
        {
            OwnerLookup.NotAsked => new Step.AskOwner(first),
            OwnerLookup.Known { State: OwnerState.Present or OwnerState.Unreadable } known when !Records(claim, known) => new Step.UpdateSpec(claim.Spec with { WorkloadRef = known.Top }),
            _ => null,
        };
    }

    /// <summary>The record is the top of the chain, or the owner above it from a time when that could be read.</summary>
    private static bool Records(EipClaim claim, OwnerLookup.Known known) => claim.Spec.WorkloadRef is { } recorded
        && (string.Equals(recorded.Uid, known.Top.Uid, StringComparison.Ordinal) || string.Equals(recorded.Uid, known.Beyond?.Uid, StringComparison.Ordinal));

    private static bool SaysGone(EipClaim claim) =>
        claim.SaysRetained() && claim.Status.Condition(ConditionTypes.Ready) is { Reason: Reasons.WorkloadGone };

    /// <summary>What waits for something goes on waiting for it.</summary>
    private static Step.Wait Report(WorkloadReference gone, Step step)
    {
        var what = $"its workload {gone.Kind} {gone.Name} no longer exists";
        return step is Step.Wait wait
            ? wait with { Reason = Reasons.WorkloadGone, Message = $"{what}: {wait.Message}", Warning = EventReasons.WorkloadGone }
            : new Step.Wait(Reasons.WorkloadGone, $"{what}: the address is kept until a Pod of this name comes, or the claim is deleted", Warning: EventReasons.WorkloadGone);
    }
}
