using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;

namespace PodEip.Controller.Reconciling;

/// <summary>
/// Every write to Kubernetes that a claim's life needs. Each is one call, guarded by the resource version of the claim it was
/// planned on; each returns the object as the server holds it now.
/// </summary>
/// <remarks>
/// Errors: <see cref="WriteConflictException"/> when the object changed or went away meanwhile (plan again, no error);
/// anything else is a failure of the API server, repeated with back-off.
/// </remarks>
public interface IClaimWriter
{
    /// <summary>Creates the claim, finalizer included. A claim that exists already is a conflict.</summary>
    Task<EipClaim> CreateAsync(ClaimKey key, EipClaimSpec spec, CancellationToken cancellationToken);

    /// <summary>Puts our finalizer on a claim.</summary>
    Task<EipClaim> AddFinalizerAsync(EipClaim claim, CancellationToken cancellationToken);

    /// <summary>Writes the spec; fields that are null in it are removed.</summary>
    Task<EipClaim> WriteSpecAsync(EipClaim claim, EipClaimSpec spec, CancellationToken cancellationToken);

    /// <summary>Records the workload and refers to it, in place of a reference of ours to another one.</summary>
    Task<EipClaim> ReferAsync(EipClaim claim, WorkloadReference workload, CancellationToken cancellationToken);

    /// <summary>Takes our reference to the recorded workload off the claim; what others refer to stays.</summary>
    Task<EipClaim> UnreferAsync(EipClaim claim, CancellationToken cancellationToken);

    /// <summary>Writes the status; fields that are null in it are removed.</summary>
    Task<EipClaim> WriteStatusAsync(EipClaim claim, EipClaimStatus status, CancellationToken cancellationToken);

    /// <summary>Deletes the claim, of that UID and resource version. Already gone is done.</summary>
    /// <returns>The claim with its deletion timestamp; null when it is gone.</returns>
    Task<EipClaim?> DeleteAsync(EipClaim claim, CancellationToken cancellationToken);

    /// <summary>Removes our finalizer. Already gone is done.</summary>
    Task ForgetAsync(EipClaim claim, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the eip-public-ip annotation of the Pod with that UID (through pods/status), or removes it, and its readiness gate's condition where the
    /// step has one; no other condition is touched.
    /// </summary>
    /// <returns>The Pod's new resource version; null when that Pod is gone.</returns>
    Task<string?> PublishAsync(ClaimKey key, string podUid, Step.PublishOnPod words, CancellationToken cancellationToken);
}
