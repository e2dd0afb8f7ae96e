using PodEip.Api;
using PodEip.Claims.Marks;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>Rules for a claim that wants a bought address and has none: take one nobody refers to, or wait for a purchase.</summary>
internal static class OwnAddressChoice
{
    public static Step Plan(ClaimView view, DateTimeOffset now)
    {
        var pod = view.Pod!;
        var attributes = view.Claim!.Spec.Attributes;
        if (attributes is null)
        {
            return new Step.Wait(Reasons.InvalidRequest, "the claim's spec names neither attributes nor addresses", IsProblem: true);
        }

        // Its own address from before a lost status, a restored backup or a new cluster comes first, whatever the Pod waits for.
        if (view.Candidate is { } own && IsItsAlready(view, own))
        {
            return new Step.Take(own.Id);
        }

        // Before the first complete list an address of ours may exist unseen: nothing is bought beside it.
        if (!view.BookIsComplete)
        {
            return view.PurchaseHold is { } trouble
                ? new Step.Wait(trouble.Reason, trouble.Message, trouble.RetryAt > now ? trouble.RetryAt : null, IsProblem: true)
                : new Step.Wait(Reasons.WaitingForAddress, "the cluster's addresses are being read from the cloud");
        }

        if (pod.NodeName is null)
        {
            return new Step.Wait(Reasons.WaitingForSchedule, "the Pod is not scheduled yet: nothing is bought before it is");
        }

        if (view.Target is TargetLookup.OnNoInterface missing)
        {
            return new Step.Wait(
                Reasons.NotOnVpcCni, $"the Pod's IP {pod.PrivateIp} is on no ENI of the VPC: nothing is bought for it",
                missing.RetryAt, new Need.TargetRead(pod.PrivateIp!), IsProblem: true);
        }

        if (view.Candidate is { } stock)
        {
            return new Step.Take(stock.Id);
        }

        var need = new Need.Purchase(attributes);
        return view.PurchaseHold is { } hold
            ? new Step.Wait(hold.Reason, hold.Message, hold.RetryAt > now ? hold.RetryAt : null, need, IsProblem: true)
            : new Step.Wait(Reasons.WaitingForAddress, "an address is being bought", Needs: need);
    }

    private static bool IsItsAlready(ClaimView view, AddressView address) =>
        string.Equals(address.Name, AddressName.OfFixed(view.Key), StringComparison.Ordinal)
        || (address is { State: AddressState.Bound, Target: { } target } && view.Target is TargetLookup.Found found && found.Target == target);
}
