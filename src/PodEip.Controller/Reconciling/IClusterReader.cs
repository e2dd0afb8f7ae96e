using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.View;

namespace PodEip.Controller.Reconciling;

/// <summary>Uncached reads: what must not be answered from a cache (I8).</summary>
public interface IClusterReader
{
    /// <summary>The Pod as the API server holds it now; null when there is none. Pods without a demand are returned too.</summary>
    Task<PodView?> ReadPodAsync(ClaimKey key, CancellationToken cancellationToken);

    /// <summary>True when the EIPClaim CRD is being deleted, or is gone.</summary>
    Task<bool> IsCrdEndingAsync(CancellationToken cancellationToken);

    /// <summary>True when the Pod's namespace is ending, or any owner up its chain is ending or already gone.</summary>
    Task<bool> IsWorkloadEndingAsync(PodView pod, CancellationToken cancellationToken);

    /// <summary>
    /// Follows a chain of controlling owners to its top. A kind that may not be read or is not served ends the chain at the last
    /// owner that could be read.
    /// </summary>
    /// <param name="ns">The namespace of the Pod.</param>
    /// <param name="first">Where the chain begins.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Never <see cref="OwnerLookup.NotAsked"/>.</returns>
    Task<OwnerLookup> ReadOwnerAsync(string ns, WorkloadReference first, CancellationToken cancellationToken);

    /// <summary>One look at one owner: what is written on the strength of it must follow at once.</summary>
    Task<OwnerState> LookAtOwnerAsync(string ns, WorkloadReference owner, CancellationToken cancellationToken);

    /// <summary>The first ordinal of the Pod's owner (<c>.spec.ordinals.start</c>); 0 where the API has no such field or the owner is gone.</summary>
    Task<int> ReadFirstOrdinalAsync(PodView pod, CancellationToken cancellationToken);
}
