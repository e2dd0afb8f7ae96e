using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Marks;
using PodEip.Claims.View;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Planning;

/// <summary>Rules for a claim whose Pod lives: find it an address, bind it, say so, and keep it true.</summary>
internal static class ServingClaim
{
    public static Step Plan(ClaimView view, PodStanding.Kind standing, PlannerSettings settings, DateTimeOffset now)
    {
        var claim = view.Claim!;
        var pod = view.Pod!;
        if (!claim.HasFinalizer())
        {
            return new Step.AddFinalizer();
        }

        if (standing is PodStanding.Kind.Wanting)
        {
            var spec = ClaimSpecs.Follow(claim.Spec, pod, hasAddress: view.Address is not null);
            if (!ReferenceEquals(spec, claim.Spec))
            {
                return new Step.UpdateSpec(spec);
            }
        }

        if (view.Address is { } address)
        {
            return WithAddress(view, address, standing, settings, now);
        }

        return standing switch
        {
            PodStanding.Kind.Dying => new Step.Wait(Reasons.Pending, "the Pod is ending: nothing is bought for it"),
            PodStanding.Kind.Unreadable => new Step.Wait(Reasons.InvalidAnnotation, Words.OfInvalid((PodDemand.Invalid)pod.Reading.Demand), IsProblem: true),
            _ when claim.UsesGivenAddresses() => GivenAddressChoice.Plan(view, settings, now),
            _ => OwnAddressChoice.Plan(view, now),
        };
    }

    private static Step WithAddress(ClaimView view, AddressView address, PodStanding.Kind standing, PlannerSettings settings, DateTimeOffset now)
    {
        var claim = view.Claim!;
        var isOwn = !claim.UsesGivenAddresses();
        if (address.Holder != view.Key)
        {
            return new Step.WriteStatus(new StatusChange.Dropped(
                Reasons.AddressTakenByOtherClaim, $"{address.Id} belongs to the claim {address.Holder}"));
        }

        switch (address.State)
        {
            case AddressState.Unread:
                return Failed(view, now) ?? new Step.Wait(Reasons.Pending, $"reading {address.Id}", now + settings.Recheck, new Need.AddressRead([address.Id]));
            case AddressState.Changing:
                return new Step.Wait(Reasons.Binding, $"the cloud works on {address.Id}", now + settings.Recheck);
            case AddressState.Gone when isOwn && !claim.IsFixed():
                return new Step.WriteStatus(new StatusChange.Dropped(Reasons.AddressNotFound, $"{address.Id} no longer exists in the cloud"));
            case AddressState.Gone:
                return new Step.Wait(
                    Reasons.AddressNotFound,
                    $"{address.Id} no longer exists in the cloud; a fixed or given address is never replaced silently: delete the claim to get another",
                    now + settings.AddressRecheck, new Need.AddressRead([address.Id]), IsProblem: true);
        }

        // The mark comes before the claim says Allocated: a fixed address is recognised without Kubernetes.
        if (isOwn && claim.IsFixed() && address.IsOwn && !string.Equals(address.Name, AddressName.OfFixed(view.Key), StringComparison.Ordinal))
        {
            return Failed(view, now) ?? new Step.Rename(address.Id, AddressName.OfFixed(view.Key));
        }

        return address.State is AddressState.Bound
            ? WhileBound(view, address, settings, now)
            : WhileUnbound(view, address, standing, settings, now);
    }

    private static Step WhileBound(ClaimView view, AddressView address, PlannerSettings settings, DateTimeOffset now)
    {
        var claim = view.Claim!;
        var pod = view.Pod!;
        if (view.PrivateIpHandedOn && view.BindingIsOurs())
        {
            return Unbind(view, address);
        }

        switch (view.Target)
        {
            case TargetLookup.Found found when found.Target == address.Target:
                var intent = Intent(pod, found.Target);
                if (!claim.SaysBound() || !Recorded(view, address, intent))
                {
                    return new Step.WriteStatus(new StatusChange.Bound(intent, address.PublicIp));
                }

                return address.PublicIp is not null && !string.Equals(pod.PublishedIp, address.PublicIp, StringComparison.Ordinal)
                    ? new Step.PublishOnPod(address.PublicIp)
                    : new Step.Rest();

            // The same private IP as before: only its ENI has yet to be known. Unbinding now would be wrong.
            case TargetLookup.Unknown when pod.PrivateIp is not null && string.Equals(address.Target?.PrivateIp, pod.PrivateIp, StringComparison.Ordinal):
                return NeedTarget(pod.PrivateIp, settings, now);

            case var _ when view.BindingIsOurs():
                return Unbind(view, address);

            default:
                return new Step.Wait(
                    Reasons.AddressBoundOutside, Words.BoundOutside(address), now + settings.AddressRecheck,
                    new Need.AddressRead([address.Id]), IsProblem: true);
        }
    }

    private static Step WhileUnbound(ClaimView view, AddressView address, PodStanding.Kind standing, PlannerSettings settings, DateTimeOffset now)
    {
        var claim = view.Claim!;
        var pod = view.Pod!;
        var target = (view.Target as TargetLookup.Found)?.Target;
        var intent = target is null ? null : Intent(pod, target);
        if (!string.Equals(claim.Status.AddressId, address.Id, StringComparison.Ordinal) || claim.Status.RetainedSince is not null)
        {
            return new Step.WriteStatus(new StatusChange.Allocated(address.Id, address.PublicIp, !claim.UsesGivenAddresses(), intent));
        }

        if (pod.PublishedIp is not null)
        {
            return new Step.PublishOnPod(null);
        }

        if (standing is PodStanding.Kind.Dying)
        {
            return new Step.Wait(Reasons.Unbound, "the Pod is ending: nothing is bound to it any more");
        }

        if (address.IsUnusable)
        {
            return new Step.Wait(
                Reasons.AddressUnusable, $"{address.Id} is blocked or isolated for arrears", now + settings.AddressRecheck,
                new Need.AddressRead([address.Id]), IsProblem: true);
        }

        switch (view.Target)
        {
            case TargetLookup.NoPrivateIp:
                return new Step.Wait(Reasons.WaitingForPrivateIp, "the Pod has no private IP yet");
            case TargetLookup.Unknown:
                return Failed(view, now) ?? NeedTarget(pod.PrivateIp!, settings, now);
            case TargetLookup.OnNoInterface:
                return new Step.WriteStatus(new StatusChange.Dropped(
                    Reasons.NotOnVpcCni, $"the Pod's IP {pod.PrivateIp} is on no ENI of the VPC; its address went back"));
        }

        if (view.Carried is { } carried)
        {
            return new Step.Wait(
                Reasons.PrivateIpTaken, $"{pod.PrivateIp} still carries {carried.Id}", now + settings.Recheck,
                carried.Holder is { } holder && holder != view.Key ? new Need.Yield(holder) : new Need.AddressRead([carried.Id]));
        }

        if (Failed(view, now) is { } wait)
        {
            return wait;
        }

        if (claim.SaysBound() || !Recorded(view, address, intent!))
        {
            return new Step.WriteStatus(new StatusChange.Binding(intent!));
        }

        return new Step.Associate(address.Id, target!);
    }

    private static Step? Failed(ClaimView view, DateTimeOffset now) => view.Failure is { } failure && failure.RetryAt > now
        ? new Step.Wait(failure.Reason, failure.Message, failure.RetryAt, IsProblem: true)
        : null;

    private static Step.Disassociate Unbind(ClaimView view, AddressView address) => new Step.Disassociate(address.Id, view.PrivateIpHandedOn);

    private static Step.Wait NeedTarget(string privateIp, PlannerSettings settings, DateTimeOffset now) =>
        new Step.Wait(Reasons.WaitingForPrivateIp, $"looking for the ENI of {privateIp}", now + settings.Recheck, new Need.TargetRead(privateIp));

    private static BindingIntent Intent(PodView pod, NetworkTarget target) => new(pod.Uid, pod.NodeName, target);

    private static bool Recorded(ClaimView view, AddressView address, BindingIntent intent) =>
        string.Equals(view.Claim!.Status.PodUid, intent.PodUid, StringComparison.Ordinal)
        && string.Equals(view.Claim.Status.AddressId, address.Id, StringComparison.Ordinal)
        && view.Claim.RecordedTarget() == intent.Target;
}
