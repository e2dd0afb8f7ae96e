using PodEip.Api;
using PodEip.Api.Resources;

namespace PodEip.Claims.View;

/// <summary>All that is known about one key at one moment: the whole input of the planner.</summary>
public sealed record ClaimView
{
    /// <summary>The key of Pod and claim.</summary>
    public required ClaimKey Key { get; init; }

    /// <summary>The Pod of that name, if the cache has one.</summary>
    public PodView? Pod { get; init; }

    /// <summary>How sure we are when there is none.</summary>
    public PodPresence PodPresence { get; init; }

    /// <summary>When a read past the cache last showed what this view says of the Pod; null when none did.</summary>
    public DateTimeOffset? PodCheckedAt { get; init; }

    /// <summary>The watch has yet to show the Pod: it is known by a read past the cache only.</summary>
    public bool PodIsUnwatched { get; init; }

    /// <summary>The claim, our own last write included.</summary>
    public EipClaim? Claim { get; init; }

    /// <summary>The address the claim's status names, or that is reserved for it in memory.</summary>
    public AddressView? Address { get; init; }

    /// <summary>An own address nobody refers to that this claim should have: marked fixed for it, bound to its Pod's private IP, or fresh stock of its attributes.</summary>
    public AddressView? Candidate { get; init; }

    /// <summary>The ids of the Pod's list (or, without a Pod, the claim's).</summary>
    public IReadOnlyList<GivenAddressView> Given { get; init; } = [];

    /// <summary>The ENI of the Pod's private IP.</summary>
    public TargetLookup Target { get; init; } = new TargetLookup.NoPrivateIp();

    /// <summary>Another address that the Pod's private IP still carries (being bound and unbound included); null when it is free.</summary>
    public AddressView? Carried { get; init; }

    /// <summary>The private IP this claim's address is bound to belongs to another live Pod by now.</summary>
    public bool PrivateIpHandedOn { get; init; }

    /// <summary>Why nothing is bought at present for this claim's attributes; null when purchases go on.</summary>
    public ClaimFailure? PurchaseHold { get; init; }

    /// <summary>Fewer addresses may be bought than claims wait for, and others are ahead of this one.</summary>
    public bool WaitsItsTurn { get; init; }

    /// <summary>The last failure of this claim's own calls.</summary>
    public ClaimFailure? Failure { get; init; }

    /// <summary>Why the address does not have the bandwidth of the spec yet, and when that is tried again: it stands in the way of nothing else.</summary>
    public ClaimFailure? ResizeFailure { get; init; }

    /// <summary>The first complete list of own addresses has been read since this process leads.</summary>
    public bool BookIsComplete { get; init; }

    /// <summary>Whether the CRD itself is being deleted; asked only for a deleted claim.</summary>
    public Answer CrdIsEnding { get; init; }

    /// <summary>Whether the Pod's workload or namespace is ending; asked only for a deleted claim with a live Pod.</summary>
    public Answer WorkloadIsEnding { get; init; }

    /// <summary>The ordinal of the first Pod of the Pod's owner; null while it was not asked. Only asked where it may differ from 0.</summary>
    public int? FirstOrdinal { get; init; }

    /// <summary>The cloud denies tagging: a tag that was lost can't be put back.</summary>
    public bool TaggingDenied { get; init; }

    /// <summary>Most addresses that claims name are missing at once: rather another region or account than news.</summary>
    public bool CloudLooksWrong { get; init; }

    /// <summary>
    /// The cloud denies renaming, which binding does not need: a fixed address goes unmarked until it is allowed. It is then
    /// kept by the claim's status alone.
    /// </summary>
    public bool RenamingDenied { get; init; }

    /// <summary>What is known of the workload at the top of the chain that begins at <see cref="Workload"/>.</summary>
    public OwnerLookup Owner { get; init; } = new OwnerLookup.NotAsked();

    /// <summary>What is to be said of egress from the subnet of the Pod's private IP; null while it is not known.</summary>
    public EgressView? Egress { get; init; }

    /// <summary>The claim of this very Pod was deleted before: perhaps with its workload.</summary>
    public bool ClaimWasDeleted { get; init; }

    /// <summary>Where the chain of owners begins: at the living Pod's own owner, else at the workload the claim recorded.</summary>
    public WorkloadReference? Workload => Pod is { IsEnding: false, HasEnded: false } pod ? pod.Workload : Claim?.Spec.WorkloadRef;
}
