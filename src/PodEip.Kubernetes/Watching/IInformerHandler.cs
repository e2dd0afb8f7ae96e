namespace PodEip.Kubernetes.Watching;

/// <summary>
/// Hears of changes in an informer's store. Calls come in the order of the changes and never two at once, on the informer's
/// own loop: be quick (enqueue a key), do not throw, do not wait. The store already shows the change when a call is made.
/// </summary>
/// <typeparam name="TRecord">What the store holds.</typeparam>
public interface IInformerHandler<in TRecord>
    where TRecord : class
{
    /// <summary>An object appeared or changed. A relist calls this for what changed meanwhile, and only for that.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="before">What the store held; null when it is new.</param>
    /// <param name="now">What the store holds.</param>
    void OnUpserted(ObjectKey key, TRecord? before, TRecord now);

    /// <summary>
    /// An object is gone, by an event or because a relist no longer shows it, or it no longer projects to a record.
    /// A namesake with another UID that appeared between two looks is an upsert, not a deletion: compare UIDs where that matters.
    /// </summary>
    /// <param name="key">The object's key.</param>
    /// <param name="last">The last record the store held.</param>
    void OnDeleted(ObjectKey key, TRecord last);
}
