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
        if (NothingLeft(view, standing))
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

        if (KeepForLivingPod(view, standing, settings, now) is { } keep)
        {
            return keep;
        }

        if (view.Address is not { } address || address.Holder != view.Key)
        {
            return new Step.ForgetClaim();
        }

        if (Unbinding.Plan(view, address, now, settings) is { } unbinding)
        {
            return unbinding;
        }

        if (view.Pod is { PublishedIp: not null, HasEnded: false })
        {
            return new Step.PublishOnPod(null);
        }

        // The fixed mark comes off before the claim does, or the address would be kept for nobody.
        if (address is { IsOwn: true, State: AddressState.Unbound } && AddressName.IsFixed(address.Name))
        {
            return view.Failure is { } failure && failure.RetryAt > now
                ? new Step.Wait(failure.Reason, failure.Message, failure.RetryAt, IsProblem: true)
                : new Step.Rename(address.Id, AddressName.OfFreed(view.Claim!.Spec.Attributes?.Hash ?? "unknown"));
        }

        return new Step.ForgetClaim();
    }

    /// <summary>The usual end: the Pod is gone, its address is off and carries no mark, so no question need be asked.</summary>
    private static bool NothingLeft(ClaimView view, PodStanding.Kind standing) =>
        standing is PodStanding.Kind.Absent or PodStanding.Kind.Unsure or PodStanding.Kind.Ended
        && view.Address is null or { State: AddressState.Unbound, MayYetBind: false } or { State: AddressState.Gone }
        && !AddressName.IsFixed(view.Address?.Name);

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
