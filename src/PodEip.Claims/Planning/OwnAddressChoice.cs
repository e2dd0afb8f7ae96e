using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Marks;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>Rules for a claim that wants a bought address and has none: take one nobody refers to, or wait for a purchase.</summary>
internal static class OwnAddressChoice
{
    public static Step Plan(ClaimView view, PlannerSettings settings, DateTimeOffset now)
    {
        var pod = view.Pod!;
        var attributes = view.Claim!.Spec.Attributes;
        if (attributes is null)
        {
            return new Step.Wait(Reasons.InvalidRequest, "the claim's spec names neither attributes nor addresses", IsProblem: true);
        }

        // Its own address from before a lost status, a restored backup or a new cluster comes first, whatever the Pod waits for.
        if (ItsOwnAlready(view, settings, now) is { } again)
        {
            return again;
        }

        if (!view.BookIsComplete)
        {
            return WaitForBook(view, settings, now);
        }

        if (pod.PublishedIp is not null)
        {
            // It shows an address: whether it carries one is known when its ENI is. Until then nothing is bought beside it.
            return view.Target is TargetLookup.Unknown && pod.PrivateIp is not null
                ? Waits.ForTarget(pod.PrivateIp, settings, now)
                : new Step.PublishOnPod(null);
        }

        if (pod.NodeName is null)
        {
            return new Step.Wait(Reasons.WaitingForSchedule, "the Pod is not scheduled yet: nothing is bought before it is");
        }

        if (view.Target is TargetLookup.OnNoInterface missing)
        {
            return Waits.ForInterface(pod, missing, "nothing is bought for it");
        }

        if (view.Owner is OwnerLookup.Known { State: OwnerState.Ending or OwnerState.Gone })
        {
            return new Step.Wait(Reasons.Pending, "the Pod's workload is ending: nothing is bought for it", now + settings.Recheck);
        }

        return FromStock(view, attributes, now);
    }

    /// <summary>Takes or buys an address for a Pod to come.</summary>
    public static Step Reserve(ClaimView view, AddressAttributes attributes, PlannerSettings settings, DateTimeOffset now) =>
        view.BookIsComplete ? FromStock(view, attributes, now) : WaitForBook(view, settings, now);

    /// <summary>Before the first complete list an address of ours may exist unseen: nothing is bought beside it.</summary>
    private static Step WaitForBook(ClaimView view, PlannerSettings settings, DateTimeOffset now) => view.PurchaseHold is { } trouble
        ? new Step.Wait(trouble.Reason, trouble.Message, trouble.RetryAt > now ? trouble.RetryAt : now + settings.Recheck, IsProblem: true) { Failure = trouble }
        : new Step.Wait(Reasons.WaitingForAddress, "the cluster's addresses are being read from the cloud");

    private static Step FromStock(ClaimView view, AddressAttributes attributes, DateTimeOffset now)
    {
        if (view.Candidate is { State: AddressState.Unbound or AddressState.Changing } stock
            && !view.IsHeldByOther(stock) && !AddressName.IsFixed(stock.Name))
        {
            return new Step.Take(stock.Id);
        }

        var need = new Need.Purchase(attributes);
        return view.PurchaseHold is { } hold
            ? new Step.Wait(hold.Reason, hold.Message, hold.RetryAt > now ? hold.RetryAt : null, need, IsProblem: true) { Failure = hold }
            : new Step.Wait(
                Reasons.WaitingForAddress,
                view.WaitsItsTurn ? "waits for its turn: fewer addresses may be bought than claims wait for" : "an address is being bought",
                Needs: need);
    }

    /// <summary>
    /// Takes what was this claim's before: the address with its mark, or the one bound to its Pod. Holds for Pods that are ending
    /// too, since somebody must unbind it. Null when there is none.
    /// </summary>
    public static Step? ItsOwnAlready(ClaimView view, PlannerSettings settings, DateTimeOffset now)
    {
        if (view.Candidate is not { } own || view.IsHeldByOther(own))
        {
            return null;
        }

        if (string.Equals(own.Name, AddressName.OfFixed(view.Key), StringComparison.Ordinal))
        {
            return new Step.Take(own.Id);
        }

        if (own is not { State: AddressState.Bound, Target: { } bound } || AddressName.IsFixed(own.Name))
        {
            return null;
        }

        return view.Target switch
        {
            TargetLookup.Found found when found.Target == bound => new Step.Take(own.Id),
            TargetLookup.Unknown when view.Pod?.PrivateIp is { } ip && string.Equals(bound.PrivateIp, ip, StringComparison.Ordinal) =>
                Waits.ForTarget(ip, settings, now),
            _ => null,
        };
    }
}
