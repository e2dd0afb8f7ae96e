using PodEip.Claims.Planning;
using PodEip.Claims.View;

namespace PodEip.Controller.Reconciling;

/// <summary>What this process remembers of a key besides what Kubernetes and the cloud hold.</summary>
internal sealed class KeyNotes
{
    /// <summary>An uncached read found no Pod.</summary>
    public bool PodConfirmedAbsent { get; set; }

    /// <summary>When that, or <see cref="PodRead"/>, was read.</summary>
    public DateTimeOffset PodReadAt { get; set; }

    /// <summary>An uncached read found a Pod the watch does not keep: one that asks for nothing.</summary>
    public PodView? PodRead { get; set; }

    /// <summary>The last failure of its own calls.</summary>
    public ClaimFailure? Failure { get; set; }

    /// <summary>Failures in a row, for the pace.</summary>
    public int Failures { get; set; }

    /// <summary>The last change of bandwidth that did not come about (yet), and to what: another one is tried at once.</summary>
    public (int BandwidthMbps, ClaimFailure Failure)? ResizeFailure { get; set; }

    /// <summary>Failed changes of bandwidth in a row, for the pace.</summary>
    public int ResizeFailures { get; set; }

    public Answer CrdIsEnding { get; set; }

    public Answer WorkloadIsEnding { get; set; }

    /// <summary>When the workload was asked: it may begin to end later.</summary>
    public DateTimeOffset WorkloadAskedAt { get; set; }

    /// <summary>UID of the Pod whose workload was asked.</summary>
    public string? WorkloadAskedOf { get; set; }

    /// <summary>UID of the Pod that was there when its claim was deleted.</summary>
    public string? ClaimDeletedUnder { get; set; }

    /// <summary>Of the owner of the Pod with that UID.</summary>
    public (string PodUid, int First)? FirstOrdinal { get; set; }

    /// <summary>What was found changed at the last look.</summary>
    public DriftKind Drift { get; set; }

    /// <summary>The reason it waits for, and since when.</summary>
    public (string Reason, DateTimeOffset Since)? Waiting { get; set; }

    /// <summary>The last warning recorded: repeated only when it changes.</summary>
    public string? LastWarning { get; set; }

    /// <summary>What its Pod was last told about an expiry that can't be read.</summary>
    public string? LastExpiryError { get; set; }

    /// <summary>What its status said went wrong when this process began: no news when it goes wrong again.</summary>
    public string? SaidBefore { get; set; }

    /// <summary>When its Pod's private IP was first seen, for the time to bound.</summary>
    public (string PodUid, DateTimeOffset At)? PrivateIpSeen { get; set; }
}
