using PodEip.Api;
using PodEip.Claims.Marks;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>Rules for a claim that carries a deletion timestamp: unbind, unmark, let go.</summary>
internal static class DeletedClaim
{
    public static Step Plan(ClaimView view, PlannerSettings settings, DateTimeOffset now)
    {
        if (!view.Claim!.HasFinalizer())
        {
            return new Step.Rest();
        }

        var standing = PodStanding.Of(view, settings);
        if (NothingLeft(view, standing) && !Drift.TagComesBack(view, settings))
        {
            return new Step.ForgetClaim();
        }

        // An uninstall deletes the CRD, and with it every claim: that must never be a mass reclaim.
        switch (view.CrdIsEnding)
        {
            case Answer.NotAsked:
                return new Step.AskCrd();
            case Answer.Yes:
                return new Step.ForgetClaim(TouchNothing: true);
        }

        // A Pod the cache has missed may be alive, and its workload ending.
        if (standing is PodStanding.Kind.Unsure)
        {
            return new Step.ConfirmPodAbsent();
        }

        if (KeepForLivingPod(view, standing, settings, now) is { } keep)
        {
            return keep;
        }

        if (view.Address is null)
        {
            // Marked for it and not yet in its status, or lost from it: without the claim nobody would ever let it go.
            return view.Candidate is { } marked && IsMarkedForIt(view, marked) ? new Step.Take(marked.Id)
                : view.Claim!.IsFixed() && !view.BookIsComplete
                    ? new Step.Wait(Reasons.Releasing, "the cluster's addresses are being read from the cloud", now + settings.Recheck)
                : new Step.ForgetClaim();
        }

        if (view.Address is not { } address || view.IsHeldByOther(address))
        {
            return new Step.ForgetClaim();
        }

        // What looks gone, or became another cluster's, is not ours to act on; it keeps its tag and is found again by it.
        if (view.CloudLooksWrong && address.IsMissing || Drift.IsOthers(view.Claim!, address))
        {
            return view.PodShowsAddress() ? new Step.PublishOnPod(null) : new Step.ForgetClaim();
        }

        if (Unbinding.Plan(view, address, now, settings) is { } unbinding)
        {
            return unbinding;
        }

        if (view.PodShowsAddress())
        {
            return new Step.PublishOnPod(null);
        }

        if (Drift.BeforeForgetting(view, address, settings, now) is { } tagging)
        {
            return tagging;
        }

        // Unbound at the deletion, a fixed address is given back only when its Pod is gone for good: it may be what others allow-list.
        if (standing is PodStanding.Kind.Leaving && view.Claim!.IsFixed() && !view.PrivateIpHandedOn)
        {
            return Ending("the Pod");
        }

        // The fixed mark comes off before the claim does, or the address would be kept for nobody.
        if (address is { IsOwn: true, State: AddressState.Unbound } && (AddressName.IsFixed(address.Name) || (view.Claim!.IsFixed() && !view.RenamingDenied && !AddressName.IsFreed(address.Name))))
        {
            return Waits.AfterFailure(view, now)
                ?? new Step.Rename(address.Id, AddressName.OfFreed(view.Claim!.Spec.Attributes?.Hash ?? "unknown"));
        }

        return new Step.ForgetClaim();
    }

    /// <summary>
    /// The usual end: the Pod is gone, its address is off and was to go with it, so no question need be asked. A fixed claim's
    /// address was to stay: only after a look at the CRD is it let go.
    /// </summary>
    private static bool NothingLeft(ClaimView view, PodStanding.Kind standing) =>
        standing is PodStanding.Kind.Absent or PodStanding.Kind.Unsure or PodStanding.Kind.Ended
        && view.Address is null or { State: AddressState.Unbound, MayYetBind: false } or { State: AddressState.Gone }
        && !AddressName.IsFixed(view.Address?.Name)
        && !(view.Candidate is { } marked && IsMarkedForIt(view, marked))
        && (!view.Claim!.IsFixed() || (view.Address is null && view.BookIsComplete));

    private static bool IsMarkedForIt(ClaimView view, AddressView address) =>
        !view.IsHeldByOther(address) && string.Equals(address.Name, AddressName.OfFixed(view.Key), StringComparison.Ordinal);

    /// <summary>Whoever deletes a namespace or a workload deletes the claim before the Pod has ended: the Pod is served until then.</summary>
    private static Step? KeepForLivingPod(ClaimView view, PodStanding.Kind standing, PlannerSettings settings, DateTimeOffset now)
    {
        // Handed on to another Pod, the private IP is no longer this Pod's to serve on.
        if (view.PrivateIpHandedOn)
        {
            return null;
        }

        return standing switch
        {
            PodStanding.Kind.Dying => Ending("the Pod"),
            PodStanding.Kind.Wanting or PodStanding.Kind.Unreadable => view.WorkloadIsEnding switch
            {
                Answer.NotAsked => new Step.AskWorkload(),
                Answer.Yes => Ending("the Pod's workload or namespace") with { Until = now + settings.Recheck },
                _ => null,
            },
            _ => null,
        };
    }

    private static Step.Wait Ending(string who) => new(Reasons.Releasing, $"{who} is ending: the address stays until the Pod has ended");
}
