using PodEip.Api;
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

    /// <summary>The first ordinal of the Pod's owner (<c>.spec.ordinals.start</c>); 0 where the API has no such field or the owner is gone.</summary>
    Task<int> ReadFirstOrdinalAsync(PodView pod, CancellationToken cancellationToken);
}
