using PodEip.Claims.Egress;

namespace PodEip.Controller.Egress;

/// <summary>Where the routes that were added are written down, from one leader to the next.</summary>
public interface IRouteRecord
{
    /// <summary>The record; empty when there is none. What can't be read in it is left out.</summary>
    Task<IReadOnlyList<ManagedRoute>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the record.</summary>
    /// <param name="routes">All of them.</param>
    /// <param name="forgotten">Tables that were in it before and are not any more.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task SaveAsync(IReadOnlyList<ManagedRoute> routes, IReadOnlyList<string> forgotten, CancellationToken cancellationToken);
}
