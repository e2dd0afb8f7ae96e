using System.Diagnostics.CodeAnalysis;

namespace PodEip.Kubernetes.Watching;

/// <summary>The last known state of a kind. Safe to read from any thread; may lag behind the server.</summary>
/// <typeparam name="TRecord">What is held per object; immutable.</typeparam>
public interface IReadOnlyStore<TRecord>
    where TRecord : class
{
    /// <summary>How many records are held.</summary>
    int Count { get; }

    /// <summary>Finds a record. Absence here proves nothing before the informer has synced, and little after: see a live read for that.</summary>
    bool TryGet(ObjectKey key, [NotNullWhen(true)] out TRecord? record);

    /// <summary>A copy of the whole store at one moment, in no order.</summary>
    IReadOnlyList<KeyValuePair<ObjectKey, TRecord>> Snapshot();
}
