using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>
/// Rules for a claim that names its addresses: a numbered Pod takes the id at its index, an unnumbered one any free
/// id of the list. Given addresses are never taken from something else.
/// </summary>
internal static class GivenAddressChoice
{
    public static Step Plan(ClaimView view, PlannerSettings settings, DateTimeOffset now)
    {
        var pod = view.Pod!;
        if (ItsOwnAlready(view, settings, now) is { } again)
        {
            return again;
        }

        if (pod.PublishedIp is not null)
        {
            return new Step.PublishOnPod(null);
        }

        if (pod.NodeName is null)
        {
            return new Step.Wait(Reasons.WaitingForSchedule, "the Pod is not scheduled yet");
        }

        if (view.Target is TargetLookup.OnNoInterface missing)
        {
            return Waits.ForInterface(pod, missing, "no address can be bound to it");
        }

        if (pod.Ordinal is not { } ordinal)
        {
            return AnyOf(view, view.Given, settings, now);
        }

        if (pod.MayStartElsewhere && view.FirstOrdinal is null)
        {
            return new Step.AskFirstOrdinal();
        }

        var index = ordinal - (view.FirstOrdinal ?? 0);
        return index >= 0 && index < view.Given.Count
            ? AnyOf(view, [view.Given[index]], settings, now)
            : new Step.Wait(
                Reasons.BeyondIdList, $"the list names {view.Given.Count} addresses and this Pod would take number {index + 1}", IsProblem: true);
    }

    /// <summary>
    /// Takes the address of the list that is bound to the Pod: it was this claim's before its status was lost, whatever the
    /// Pod's number. Null when there is none.
    /// </summary>
    public static Step? ItsOwnAlready(ClaimView view, PlannerSettings settings, DateTimeOffset now)
    {
        if (view.Pod?.PrivateIp is not { } ip)
        {
            return null;
        }

        var there = view.Given.FirstOrDefault(given =>
            given.Address is { State: AddressState.Bound, Target: { } target, IsManaged: false, IsOwn: false, CascadeRelease: false }
            && string.Equals(target.PrivateIp, ip, StringComparison.Ordinal)
            && !view.IsHeldByOther(given.Address));
        return there is null ? null : view.Target switch
        {
            TargetLookup.Found found when found.Target == there.Address.Target => new Step.Take(there.Id),
            TargetLookup.Unknown => Waits.ForTarget(ip, settings, now),
            _ => null,
        };
    }

    /// <summary>
    /// Takes an address for a Pod to come: of several the name's number picks, as it would for that Pod. Where its owner numbers
    /// from is not known yet; a Pod that counts otherwise is told so.
    /// </summary>
    public static Step Reserve(ClaimView view, PlannerSettings settings, DateTimeOffset now) => (view.Given.Count, PodOrdinal.Of(view.Key.Name, null)) switch
    {
        (1, _) or (_, null) => AnyOf(view, view.Given, settings, now),
        var (count, number) when number < count => AnyOf(view, [view.Given[number.Value]], settings, now),
        var (count, number) => new Step.Wait(
            Reasons.BeyondIdList, $"spec.addressIds names {count} addresses and {view.Key.Name} would take number {number + 1}", IsProblem: true),
    };

    private static Step AnyOf(ClaimView view, IReadOnlyList<GivenAddressView> allowed, PlannerSettings settings, DateTimeOffset now)
    {
        var verdicts = allowed.Select(given => (given, verdict: Judge(view, given, settings))).ToList();
        if (verdicts.Find(v => v.verdict is null) is { given: { } free })
        {
            return new Step.Take(free.Id);
        }

        var unread = allowed.Where(given => given.Address.State is AddressState.Unread).Select(given => given.Id).ToList();
        if (unread.Count > 0)
        {
            return new Step.Wait(Reasons.WaitingForAddress, "reading the given addresses", now + settings.Recheck, new Need.AddressRead(unread));
        }

        var (reason, message) = verdicts.Count == 1
            ? verdicts[0].verdict!.Value
            : (Reasons.NoFreeAddressInList, "no address of the list is free: " + string.Join("; ", verdicts.Take(5).Select(v => v.verdict!.Value.Message)));

        // Those held by another claim tell by themselves when they are freed; the rest only a read shows.
        var foreign = allowed.Where(given => given.Address.Holder is null).Select(given => given.Id).ToList();
        return new Step.Wait(reason, message, now + settings.AddressRecheck, foreign.Count > 0 ? new Need.AddressRead(foreign) : null, IsProblem: true);
    }

    /// <summary>Null when the address may be taken.</summary>
    private static (string Reason, string Message)? Judge(ClaimView view, GivenAddressView given, PlannerSettings settings)
    {
        var address = given.Address;
        return address switch
        {
            { State: AddressState.Unread } => (Reasons.Pending, $"{given.Id} is being read"),
            { State: AddressState.Gone } => (Reasons.AddressNotFound, $"{given.Id} does not exist in this account and region"),
            { IsManaged: true } or { IsOwn: true } => (Reasons.AddressIsOwn, $"{given.Id} was bought by a controller for its own use: a list may name only addresses that are yours"),
            _ when Tenancy.Refuses(view, address, settings) is { } refusal => (Reasons.AddressForbidden, refusal),
            { CascadeRelease: true } => (Reasons.AddressCascadeRelease, $"{given.Id} would be released by the cloud when it is unbound, so it is not used"),
            { Holder: { } holder } when holder != view.Key => (Reasons.AddressTakenByOtherClaim, $"{given.Id} is used by {holder}"),
            { IsUnusable: true } => (Reasons.AddressUnusable, $"{given.Id} is blocked or isolated for arrears"),
            { State: AddressState.Bound } => (Reasons.AddressBoundOutside, Words.BoundOutside(address)),
            { State: AddressState.Changing } => (Reasons.AddressBusy, $"the cloud works on {given.Id}"),
            _ => null,
        };
    }
}
