using System.Diagnostics.CodeAnalysis;

namespace PodEip.Kubernetes.Queueing;

/// <summary>
/// Hands out keys so that no key is worked on by two workers at once, and no addition is lost: a key added while it is being
/// worked on comes again after <see cref="Done"/>; a key added twice before it is taken comes once.
/// </summary>
/// <typeparam name="TKey">The keys.</typeparam>
public sealed class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    /// <summary>Creates an empty queue.</summary>
    /// <param name="name">Names the queue in metrics.</param>
    /// <param name="time">The clock of delays.</param>
    /// <param name="options">Back-off; null for the defaults.</param>
    /// <param name="observer">Metrics; null for none.</param>
    public WorkQueue(string name, TimeProvider time, WorkQueueOptions? options = null, IWorkQueueObserver? observer = null)
    {
        Name = name;
    }

    /// <summary>The queue's name.</summary>
    public string Name { get; }

    /// <summary>Keys ready to be taken; not those being worked on or delayed.</summary>
    public int Count => throw new NotSupportedException();

    /// <summary>Makes a key ready, behind the others. Does nothing when it already is.</summary>
    public void Add(TKey key) => throw new NotSupportedException();

    /// <summary>Makes a key ready, ahead of all that were added plainly; moves it there if it was waiting.</summary>
    public void AddFirst(TKey key) => throw new NotSupportedException();

    /// <summary>Makes a key ready after a delay. Of several pending delays of one key the earliest wins and the others are dropped.</summary>
    public void AddAfter(TKey key, TimeSpan delay) => throw new NotSupportedException();

    /// <summary>Makes a key ready after its own back-off, which grows until <see cref="Forget"/>.</summary>
    /// <returns>The delay chosen.</returns>
    public TimeSpan AddWithBackoff(TKey key) => throw new NotSupportedException();

    /// <summary>Resets a key's back-off: its work succeeded.</summary>
    public void Forget(TKey key) => throw new NotSupportedException();

    /// <summary>How often a key was put back with back-off since <see cref="Forget"/>.</summary>
    public int Failures(TKey key) => throw new NotSupportedException();

    /// <summary>Takes the next key, waiting for one. Every taken key must be given to <see cref="Done"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="WorkQueueShutDownException">The queue was shut down and is empty.</exception>
    public ValueTask<TKey> TakeAsync(CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Takes the next key if one is ready.</summary>
    public bool TryTake([MaybeNullWhen(false)] out TKey key) => throw new NotSupportedException();

    /// <summary>Ends the work on a taken key; it becomes ready again if it was added meanwhile.</summary>
    public void Done(TKey key) => throw new NotSupportedException();

    /// <summary>Takes no more additions, drops delayed keys, and lets <see cref="TakeAsync"/> end once what is ready was handed out.</summary>
    public void ShutDown() => throw new NotSupportedException();

    /// <summary>Shuts down and stops the timer.</summary>
    public void Dispose() => throw new NotSupportedException();
}
