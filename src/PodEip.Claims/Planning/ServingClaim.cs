using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
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
            var spec = ClaimSpecs.Follow(claim, pod, hasAddress: view.Address is not null, settings);
            if (!ReferenceEquals(spec, claim.Spec))
            {
                return new Step.UpdateSpec(spec);
            }
        }

        if (view.Address is { } address)
        {
            return WithAddress(view, address, standing, settings, now);
        }

        if (standing is not PodStanding.Kind.Wanting && ItsOwnAlready(view, settings, now) is { } again)
        {
            return again;
        }

        return standing switch
        {
            PodStanding.Kind.Dying => new Step.Wait(Reasons.Pending, "the Pod is ending: nothing is bought for it"),
            PodStanding.Kind.Unreadable => new Step.Wait(Reasons.InvalidAnnotation, Words.OfInvalid((PodDemand.Invalid)pod.Reading.Demand), IsProblem: true),
            _ when claim.UsesGivenAddresses() => GivenAddressChoice.Plan(view, settings, now),
            _ => OwnAddressChoice.Plan(view, settings, now),
        };
    }

    /// <summary>An ending or unreadable Pod gets nothing new; what it had before a lost status is its own still.</summary>
    private static Step? ItsOwnAlready(ClaimView view, PlannerSettings settings, DateTimeOffset now) => view.Claim!.UsesGivenAddresses()
        ? GivenAddressChoice.ItsOwnAlready(view, settings, now)
        : OwnAddressChoice.ItsOwnAlready(view, settings, now);

    private static Step WithAddress(ClaimView view, AddressView address, PodStanding.Kind standing, PlannerSettings settings, DateTimeOffset now)
    {
        var claim = view.Claim!;
        var isOwn = !claim.UsesGivenAddresses();
        if (address.Holder is null)
        {
            return new Step.Take(address.Id);
        }

        if (view.IsHeldByOther(address))
        {
            return new Step.WriteStatus(new StatusChange.Dropped(
                Reasons.AddressTakenByOtherClaim, $"{address.Id} belongs to the claim {address.Holder}"));
        }

        switch (address.State)
        {
            case AddressState.Unread:
                return Waits.AfterFailure(view, now) ?? new Step.Wait(Reasons.Pending, $"reading {address.Id}", now + settings.Recheck, new Need.AddressRead([address.Id]));
            case AddressState.Changing:
                return Waits.Throttled(view, settings, now) ?? new Step.Wait(Reasons.Binding, $"the cloud works on {address.Id}", now + settings.Recheck);
            // What was only reserved was never promised to anybody.
            case AddressState.Gone when (isOwn && !claim.IsFixed() && settings.Drift is DriftPolicy.Repair) || !claim.Records(address):
                return new Step.WriteStatus(new StatusChange.Dropped(Reasons.AddressNotFound, $"{address.Id} no longer exists in the cloud"));
            case AddressState.Gone when claim.Status.RetainedSince is not null:
                return PodIsBack(claim, address);
            case AddressState.Gone when view.PodShowsAddress():
                return new Step.PublishOnPod(null);
            case AddressState.Gone when isOwn && !claim.IsFixed():
                return new Step.Wait(
                    Reasons.AddressNotFound,
                    $"{address.Id} was released by somebody else; --drift={settings.Drift} buys no other for it: delete the claim to get one",
                    now + settings.AddressRecheck, new Need.AddressRead([address.Id]), IsProblem: settings.Drift is DriftPolicy.Report);
            case AddressState.Gone:
                return new Step.Wait(
                    Reasons.AddressNotFound,
                    $"{address.Id} no longer exists in the cloud; a fixed or given address is never replaced silently: delete the claim to get another",
                    now + settings.AddressRecheck, new Need.AddressRead([address.Id]), IsProblem: true);
        }

        if (Drift.IsOthers(claim, address))
        {
            return Drift.ForOwner(address, settings, now);
        }

        // What protects a stranger goes before everything else.
        if (view.PrivateIpHandedOn && view.BindingIsOurs())
        {
            return Unbinding.Plan(view, address, now, settings)!;
        }

        if (standing is PodStanding.Kind.Wanting && LiveChange.Replace(view, address, settings, now) is { } replacing)
        {
            return replacing;
        }

        // The mark comes before the claim says Allocated: a fixed address is recognised without Kubernetes.
        if (view.MustBeMarked(address))
        {
            return Waits.AfterFailure(view, now) ?? new Step.Rename(address.Id, AddressName.OfFixed(view.Key));
        }

        return address.State is AddressState.Bound
            ? WhileBound(view, address, settings, now)
            : WhileUnbound(view, address, standing, settings, now);
    }

    private static Step WhileBound(ClaimView view, AddressView address, PlannerSettings settings, DateTimeOffset now)
    {
        var claim = view.Claim!;
        var pod = view.Pod!;

        if (!claim.Records(address))
        {
            // Taken as free, and bound elsewhere since: it was never promised, and whoever has it needs it. One marked for this claim is its own wherever it is.
            if (!IsWherePodIs(view, address) && !AddressName.IsFixed(address.Name))
            {
                return new Step.WriteStatus(new StatusChange.Dropped(Reasons.AddressBoundOutside, Words.BoundOutside(address)));
            }

            // Found bound to the Pod after a lost status: the claim names it again before anything else is said of it.
            return new Step.WriteStatus(new StatusChange.Allocated(
                address.Id, address.PublicIp, !claim.UsesGivenAddresses(),
                view.Target is TargetLookup.Found there && there.Target == address.Target ? Intent(pod, there.Target) : null));
        }

        switch (view.Target)
        {
            case TargetLookup.Found found when found.Target == address.Target:
                var intent = Intent(pod, found.Target);
                var trouble = Drift.WhileBound(view, address, settings, now);
                if (!claim.SaysBound() || !Recorded(view, address, intent)
                    || (address.PublicIp is not null && !string.Equals(claim.Status.PublicIp, address.PublicIp, StringComparison.Ordinal)))
                {
                    return new Step.WriteStatus(new StatusChange.Bound(intent, address.PublicIp, view.Egress));
                }

                if (address.PublicIp is not null && !string.Equals(pod.PublishedIp, address.PublicIp, StringComparison.Ordinal))
                {
                    return new Step.PublishOnPod(address.PublicIp);
                }

                var change = LiveChange.WhileBound(view, address, settings, now);
                return change is not null and not Step.Wait ? change
                    : trouble is null && change is null && !claim.SaysReady() ? new Step.WriteStatus(new StatusChange.Bound(intent, address.PublicIp, view.Egress))
                    : SayEgress(view) ?? trouble ?? change ?? new Step.Rest();

            // The same private IP as before: only its ENI has yet to be known, or one answer misses it. Unbinding now would be wrong.
            case TargetLookup.Unknown when pod.HasPrivateIpOf(address.Target):
                return Waits.ForTarget(pod.PrivateIp!, settings, now);
            case TargetLookup.OnNoInterface missing when pod.HasPrivateIpOf(address.Target):
                return Waits.ForInterface(pod, missing, $"{address.Id} stays where it is bound");

            case var _ when view.BindingIsOurs():
                return Unbinding.Plan(view, address, now, settings)!;

            case var _ when claim.Status.RetainedSince is not null:
                return PodIsBack(claim, address);

            case var _ when view.PodShowsAddress():
                return new Step.PublishOnPod(null);

            default:
                return Waits.ForOutsider(address, settings, now);
        }
    }

    private static Step WhileUnbound(ClaimView view, AddressView address, PodStanding.Kind standing, PlannerSettings settings, DateTimeOffset now)
    {
        var claim = view.Claim!;
        var pod = view.Pod!;
        var target = (view.Target as TargetLookup.Found)?.Target;
        var intent = target is null ? null : Intent(pod, target);

        // An Associate to an old place whose answer was lost may still happen: it is settled before its record is overwritten.
        if (address.MayYetBind && claim.RecordedTarget() is { } old && old != target
            && !(view.Target is TargetLookup.Unknown && pod.HasPrivateIpOf(old)))
        {
            return Unbinding.Plan(view, address, now, settings)!;
        }

        if (standing is not PodStanding.Kind.Dying && Drift.AfterUnbinding(view, address, settings, now) is { } drifted)
        {
            return drifted;
        }

        // Judged anew for each binding: the tag may have been changed since it was taken.
        if (claim.UsesGivenAddresses() && !address.MayYetBind && Tenancy.Refuses(view, address, settings) is { } refusal)
        {
            return Tenancy.WhenWithdrawn(view, address, refusal, settings, now);
        }

        if (!string.Equals(claim.Status.AddressId, address.Id, StringComparison.Ordinal) || claim.Status.RetainedSince is not null
            || (claim.SaysBound() && !address.MayYetBind))
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
                return LiveChange.Resize(view, address, settings, now) ?? new Step.Wait(Reasons.WaitingForPrivateIp, "the Pod has no private IP yet");
            case TargetLookup.Unknown:
                return Waits.AfterFailure(view, now) ?? Waits.ForTarget(pod.PrivateIp!, settings, now);
            case TargetLookup.OnNoInterface missing when claim.IsFixed():
                return Waits.ForInterface(pod, missing, $"{address.Id} is kept, and can't be bound");
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

        if (Waits.AfterFailure(view, now) is { } wait)
        {
            return wait;
        }

        if (claim.SaysBound() || !Recorded(view, address, intent!))
        {
            return new Step.WriteStatus(new StatusChange.Binding(intent!));
        }

        // What the watch does not show may have gone since it was read.
        if (view.PodIsUnwatched)
        {
            return Retention.IsPodChecked(view, settings, now)
                ? new Step.Wait(Reasons.Binding, "the watch has yet to show the Pod", now + settings.Recheck)
                : new Step.ConfirmPodAbsent();
        }

        return new Step.Associate(address.Id, target!);
    }

    /// <summary>What is told of egress is out of date. It is only told: nothing waits for it.</summary>
    private static Step.WriteStatus? SayEgress(ClaimView view) =>
        view.Egress is { } egress && !egress.IsSaidBy(view.Claim!.Status.Condition(ConditionTypes.EgressReady))
            ? new Step.WriteStatus(new StatusChange.EgressSaid(egress))
            : null;

    /// <summary>The retention is over, although the address can't be bound: its time begins anew with the next one.</summary>
    private static Step.WriteStatus PodIsBack(EipClaim claim, AddressView address) =>
        new(new StatusChange.Allocated(address.Id, address.PublicIp ?? claim.Status.PublicIp, !claim.UsesGivenAddresses(), null));

    /// <summary>It is bound to the Pod's private IP, as far as that is known.</summary>
    private static bool IsWherePodIs(ClaimView view, AddressView address) =>
        view.Target is TargetLookup.Found found ? found.Target == address.Target : view.Pod.HasPrivateIpOf(address.Target);

    private static BindingIntent Intent(PodView pod, NetworkTarget target) => new(pod.Uid, pod.NodeName, target);

    private static bool Recorded(ClaimView view, AddressView address, BindingIntent intent) =>
        string.Equals(view.Claim!.Status.PodUid, intent.PodUid, StringComparison.Ordinal)
        && string.Equals(view.Claim.Status.AddressId, address.Id, StringComparison.Ordinal)
        && view.Claim.RecordedTarget() == intent.Target;
}
