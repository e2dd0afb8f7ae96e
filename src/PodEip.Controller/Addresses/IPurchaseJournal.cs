using PodEip.Claims.Stock;

namespace PodEip.Controller.Addresses;

/// <summary>Where purchases are written down before the cloud is asked: one object in Kubernetes.</summary>
public interface IPurchaseJournal
{
    /// <summary>The open purchases. Entries that can't be read are an error: nothing may be bought beside them.</summary>
    Task<IReadOnlyList<PurchaseIntent>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the open purchases, if nobody else wrote since they were loaded or saved here.</summary>
    /// <exception cref="Reconciling.WriteConflictException">Somebody else did: two controllers are at work.</exception>
    Task SaveAsync(IReadOnlyList<PurchaseIntent> open, CancellationToken cancellationToken);
}
