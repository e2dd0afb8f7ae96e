using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>
/// What the readiness gate of a Pod says (B8): true only while the cloud shows the address bound to it. It goes in the same write
/// as the annotation; where only the gate is out of date it is written before the key waits or rests, and before an address is
/// taken off a Pod that lives on, so that nobody is sent to it any more.
/// </summary>
internal static class ReadinessGate
{
    /// <summary>The step with the gate's words in it, or the write that goes before it.</summary>
    public static Step Plan(ClaimView view, Step step, DateTimeOffset now)
    {
        if (view.Pod is not { Gate: { } shown } pod)
        {
            return step;
        }

        var said = step is Step.PublishOnPod write ? Beside(view, pod, write) : Before(view, pod, shown, step);
        if (said is null || said == shown)
        {
            return step;
        }

        DateTimeOffset? changedAt = said.IsTrue == shown.IsTrue ? null : now;
        return new Step.PublishOnPod(step is Step.PublishOnPod other ? other.PublicIp : pod.PublishedIp, said, changedAt);
    }

    private static PodGate Beside(ClaimView view, PodView pod, Step.PublishOnPod write) => (write.PublicIp, view.Address) switch
    {
        ({ } ip, _) => Bound(view.Address?.Id, ip, pod),
        (null, { State: AddressState.Gone } address) => Not(Reasons.AddressNotFound, $"{address.Id} no longer exists in the cloud"),
        (null, { State: AddressState.Bound } address) => Not(Reasons.AddressBoundOutside, Words.BoundOutside(address)),
        (null, { } address) => Not(Reasons.Unbound, $"{address.Id} is not bound to the Pod"),
        _ => Not(Reasons.Unbound, "no address is bound to the Pod"),
    };

    /// <summary>What is to be said before a step that ends this round; null for nothing.</summary>
    private static PodGate? Before(ClaimView view, PodView pod, PodGate shown, Step step)
    {
        // A Pod that ends is sent nobody, whatever its gate says.
        if (pod.IsEnding || pod.HasEnded)
        {
            return null;
        }

        if (step is Step.Disassociate unbind)
        {
            // What protects a stranger does not wait for a word.
            return shown.IsTrue is true && !unbind.ProtectsStranger ? Not(Reasons.Unbinding, $"{unbind.AddressId} is being unbound") : null;
        }

        if (step is Step.Rest or Step.Wait && IsServed(view, pod))
        {
            return shown.IsTrue is true ? null : Bound(view.Address!.Id, view.Address.PublicIp ?? pod.PublishedIp, pod);
        }

        return IsUnsure(view, pod) ? null : Missing(shown, step, pod);
    }

    private static PodGate? Missing(PodGate shown, Step step, PodView pod) => step switch
    {
        Step.Rest => Not(Reasons.Unbound, "the Pod asks for no address: take the readiness gate out of its spec, or annotate it"),
        Step.Refuse refuse => Not(pod.Reading.Demand is PodDemand.Invalid ? Reasons.InvalidAnnotation : Reasons.NotOnVpcCni, refuse.Message),
        // Nothing said is false already; an ordinary wait is soon over and not worth a write.
        Step.Wait wait when shown.IsTrue is true || IsTrouble(wait) || (shown.IsTrue is false && Lasts(wait.Reason)) => Not(wait.Reason, wait.Message),
        _ => null,
    };

    private static bool IsTrouble(Step.Wait wait) => wait.IsProblem && wait.Reason is not (Reasons.AddressBusy or Reasons.Throttled);

    private static bool Lasts(string reason) => reason is Reasons.WaitingForPrivateIp or Reasons.WaitingForSchedule or Reasons.WaitingForPod or Reasons.Retained or Reasons.Unbound;

    /// <summary>The cloud shows the address bound to this very Pod, and the claim and the Pod say so.</summary>
    private static bool IsServed(ClaimView view, PodView pod) =>
        view is { Claim: { } claim, Address: { State: AddressState.Bound } address }
        && claim.Records(address) && claim.SaysBound()
        && string.Equals(claim.Status.PodUid, pod.Uid, StringComparison.Ordinal)
        && pod.HasPrivateIpOf(address.Target) && view.BindingIsOurs() && pod.PublishedIp is not null;

    /// <summary>The cloud works on the address, has yet to be asked, or was not understood: what is said stands meanwhile (I8).</summary>
    private static bool IsUnsure(ClaimView view, PodView pod) =>
        view.CloudLooksWrong
        || view.Address is { State: AddressState.Unread or AddressState.Changing }
        || (view.Address is { State: AddressState.Bound } address && pod.HasPrivateIpOf(address.Target))
        || (view.Address is null && !view.BookIsComplete);

    private static PodGate Bound(string? addressId, string? publicIp, PodView pod) => new(true, Reasons.Bound, $"{addressId} ({publicIp}) is bound to {pod.PrivateIp}");

    private static PodGate Not(string reason, string message) => new(false, reason, message);
}
