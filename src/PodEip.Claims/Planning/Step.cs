using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.View;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Planning;

/// <summary>The one next thing to do for a key. A closed set: every rule of the system ends in one of these.</summary>
public abstract record Step
{
    private Step()
    {
    }

    /// <summary>Nothing to do until something changes.</summary>
    public sealed record Rest : Step;

    /// <summary>Wait, and say why.</summary>
    /// <param name="Reason">Condition reason, of <see cref="Reasons"/>.</param>
    /// <param name="Message">For people.</param>
    /// <param name="Until">When to look again; null when an event will tell.</param>
    /// <param name="Needs">What must be fetched or counted meanwhile.</param>
    /// <param name="IsProblem">Somebody should act, or the user wonders: say it at once. Otherwise it is said only when it lasts.</param>
    /// <param name="Warning">Event reason of a warning: the claim has what it needs, but for something that its user should know.</param>
    public sealed record Wait(
        string Reason, string Message, DateTimeOffset? Until = null, Need? Needs = null, bool IsProblem = false, string? Warning = null) : Step
    {
        /// <summary>The failure that is waited out; null when something else is waited for.</summary>
        public View.ClaimFailure? Failure { get; init; }
    }

    /// <summary>Say on the Pod why it gets no address; there is no claim to say it on.</summary>
    /// <param name="Reason">Event reason, of <see cref="EventReasons"/>.</param>
    /// <param name="Message">For people.</param>
    public sealed record Refuse(string Reason, string Message) : Step;

    // ---- questions that only an uncached read answers ----

    /// <summary>Read the Pod afresh.</summary>
    public sealed record ConfirmPodAbsent : Step;

    /// <summary>Read whether the CRD is being deleted.</summary>
    public sealed record AskCrd : Step;

    /// <summary>Read whether the Pod's workload or namespace is ending.</summary>
    public sealed record AskWorkload : Step;

    /// <summary>Read which workload is at the top of a chain of owners, and how it stands.</summary>
    /// <param name="First">Where the chain begins.</param>
    public sealed record AskOwner(WorkloadReference First) : Step;

    /// <summary>Read where the Pod's owner begins to number its Pods.</summary>
    public sealed record AskFirstOrdinal : Step;

    // ---- the claim object ----

    /// <summary>Create the claim, with its finalizer.</summary>
    public sealed record CreateClaim(EipClaimSpec Spec) : Step;

    /// <summary>Put the finalizer on a claim made by hand: nothing is bought before it is stored.</summary>
    public sealed record AddFinalizer : Step;

    /// <summary>Write what the Pod's annotations ask for into the claim.</summary>
    public sealed record UpdateSpec(EipClaimSpec Spec) : Step;

    /// <summary>
    /// Record the workload, and refer to it, so that its deletion takes the claim along. Only after one more look at it: the garbage
    /// collector deletes at once what refers to an owner that is gone.
    /// </summary>
    /// <param name="Owner">The workload.</param>
    public sealed record ReferToOwner(WorkloadReference Owner) : Step;

    /// <summary>Take our reference to the recorded workload off the claim.</summary>
    public sealed record UnreferOwner : Step;

    /// <summary>Write the claim's status.</summary>
    /// <param name="Change">What changes.</param>
    public sealed record WriteStatus(StatusChange Change) : Step;

    /// <summary>Delete the claim: its Pod is gone, and it is not fixed or its retention time is over.</summary>
    /// <param name="Expiry">The words of the event when its time is over; null otherwise.</param>
    public sealed record EndClaim(string? Expiry = null) : Step;

    /// <summary>Remove the finalizer: nothing of this claim is bound any more. The address becomes stock.</summary>
    /// <param name="TouchNothing">The CRD is being deleted: the address stays as it is.</param>
    public sealed record ForgetClaim(bool TouchNothing = false) : Step;

    // ---- the Pod object ----

    /// <summary>Write the public IP on the Pod, or remove it (null), and what its readiness gate says, in one write.</summary>
    /// <param name="PublicIp">The bound address; null for none.</param>
    /// <param name="Gate">The condition; null to leave it as it is, as on every Pod that has no such gate.</param>
    /// <param name="GateChangedAt">When the condition became true or false; null when it was that before.</param>
    public sealed record PublishOnPod(string? PublicIp, PodGate? Gate = null, DateTimeOffset? GateChangedAt = null) : Step;

    // ---- the book and the cloud ----

    /// <summary>Reserve this address for the claim, in memory.</summary>
    public sealed record Take(string AddressId) : Step;

    /// <summary>Rename an own address.</summary>
    /// <param name="AddressId">The address.</param>
    /// <param name="Name">Its new name, of <see cref="Marks.AddressName"/>.</param>
    public sealed record Rename(string AddressId, string Name) : Step;

    /// <summary>Change the bandwidth of an own address.</summary>
    /// <param name="AddressId">The address.</param>
    /// <param name="BandwidthMbps">Its new cap.</param>
    /// <param name="Drift">What somebody else changed it to, in words, when that is what is put right; null otherwise.</param>
    public sealed record Resize(string AddressId, int BandwidthMbps, string? Drift = null) : Step;

    /// <summary>Bind.</summary>
    public sealed record Associate(string AddressId, NetworkTarget Target) : Step;

    /// <summary>Unbind.</summary>
    /// <param name="AddressId">The address.</param>
    /// <param name="ProtectsStranger">Another Pod waits on that private IP: this one goes first.</param>
    public sealed record Disassociate(string AddressId, bool ProtectsStranger) : Step;
}
