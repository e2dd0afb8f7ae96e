using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>Rules for a key that has no claim: make one, or say why not.</summary>
internal static class WithoutClaim
{
    public static Step Plan(ClaimView view, PlannerSettings settings, DateTimeOffset now)
    {
        if (view.Pod is not { } pod)
        {
            return new Step.Rest();
        }

        // Nothing is bought for a Pod that is ending.
        if (pod.IsEnding)
        {
            return new Step.Rest();
        }

        var wants = !pod.HasEnded && pod.Reading is { Demand: PodDemand.NewAddress or PodDemand.GivenAddresses, Network: not NetworkMode.NotVpcCni };

        // An annotation left over would be a lie. One that may yet be true (the CRD was deleted under a bound Pod, and nothing
        // was touched then) is left to the claim that is made now.
        if (pod.PublishedIp is not null && !wants)
        {
            return new Step.PublishOnPod(null);
        }

        if (pod.HasEnded)
        {
            return new Step.Rest();
        }

        return pod.Reading switch
        {
            { Demand: PodDemand.None } => new Step.Rest(),
            { Demand: PodDemand.Invalid invalid } => new Step.Refuse(EventReasons.InvalidEIPAttributes, Words.OfInvalid(invalid)),
            { Network: NetworkMode.NotVpcCni } => new Step.Refuse(EventReasons.NotOnVpcCni, pod.Reading.NetworkReason ?? Words.NotOnVpcCni),
            _ => Create(view, pod, settings, now),
        };
    }

    /// <summary>A claim that went with its workload must not come back, and nothing be bought, for a Pod that follows in a moment.</summary>
    private static Step Create(ClaimView view, PodView pod, PlannerSettings settings, DateTimeOffset now)
    {
        if (view.ClaimWasDeleted && view.WorkloadIsEnding is Answer.NotAsked)
        {
            return new Step.AskWorkload();
        }

        if (pod.Workload is { } first && view.Owner is OwnerLookup.NotAsked)
        {
            return new Step.AskOwner(first);
        }

        if ((view.ClaimWasDeleted && view.WorkloadIsEnding is Answer.Yes) || view.Owner is OwnerLookup.Known { State: OwnerState.Ending or OwnerState.Gone })
        {
            return new Step.Wait(Reasons.Pending, "the Pod's workload or namespace is ending: nothing is bought for it", now + settings.Recheck);
        }

        return new Step.CreateClaim(ClaimSpecs.Of(pod, view.Owner is OwnerLookup.Known known ? known.Top : pod.Workload));
    }
}
