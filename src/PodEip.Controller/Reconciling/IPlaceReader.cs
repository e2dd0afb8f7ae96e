using PodEip.Api;

namespace PodEip.Controller.Reconciling;

/// <summary>Uncached reads about the place an address is bound to, before the sweep unbinds it.</summary>
public interface IPlaceReader
{
    /// <summary>The Pods that have that private IP, have not ended, and ask for an address.</summary>
    Task<IReadOnlyList<ClaimKey>> FindPodsAsync(string privateIp, CancellationToken cancellationToken);

    /// <summary>True when that CVM is a Node of this cluster.</summary>
    Task<bool> IsNodeAsync(string instanceId, CancellationToken cancellationToken);
}
