using System.Diagnostics.CodeAnalysis;

namespace PodEip.Kubernetes.Queueing;

/// <summary>
/// Hands out keys so that no key is worked on by two workers at once, and no addition is lost: a key added while it is being
/// worked on comes again after <see cref="Done"/>; a key added twice before it is taken comes once.
/// </summary>
/// <remarks>
/// The bookkeeping is that of client-go's work queue: <c>dirty</c> holds what needs work, <c>processing</c> what is being worked
/// on, and the line what is dirty and not processing, in order.
/// </remarks>
/// <typeparam name="TKey">The keys.</typeparam>
public sealed class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly IWorkQueueObserver? _observer;
    private readonly Backoff<TKey> _backoff;
    private readonly DelayedKeys<TKey> _delayed;
    private readonly Line<TKey> _line = new();
    private readonly Dictionary<TKey, bool> _dirty = [];
    private readonly Dictionary<TKey, long> _processing = [];
    private readonly LinkedList<TaskCompletionSource<TKey>> _waiters = [];
    private bool _shutDown;

    /// <summary>Creates an empty queue.</summary>
    /// <param name="name">Names the queue in metrics.</param>
    /// <param name="time">The clock of delays.</param>
    /// <param name="options">Back-off; null for the defaults.</param>
    /// <param name="observer">Metrics; null for none.</param>
    public WorkQueue(string name, TimeProvider time, WorkQueueOptions? options = null, IWorkQueueObserver? observer = null)
    {
        Name = name;
        _time = time;
        _observer = observer;
        _backoff = new Backoff<TKey>(options ?? new WorkQueueOptions());
        _delayed = new DelayedKeys<TKey>(time, OnTimer);
    }

    /// <summary>The queue's name.</summary>
    public string Name { get; }

    /// <summary>Keys ready to be taken; not those being worked on or delayed.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _line.Count;
            }
        }
    }

    /// <summary>Keys that wait for their time.</summary>
    public int DelayedCount
    {
        get
        {
            lock (_lock)
            {
                return _delayed.Count;
            }
        }
    }

    /// <summary>Makes a key ready, behind the others. Does nothing when it already is.</summary>
    public void Add(TKey key)
    {
        lock (_lock)
        {
            AddLocked(key, first: false);
        }
    }

    /// <summary>Makes a key ready, ahead of all that were added plainly; moves it there if it was waiting.</summary>
    public void AddFirst(TKey key)
    {
        lock (_lock)
        {
            AddLocked(key, first: true);
        }
    }

    /// <summary>Makes a key ready after a delay. Of several pending delays of one key the earliest wins and the others are dropped.</summary>
    public void AddAfter(TKey key, TimeSpan delay)
    {
        lock (_lock)
        {
            if (_shutDown)
            {
                return;
            }

            if (delay <= TimeSpan.Zero)
            {
                AddLocked(key, first: false);
            }
            else
            {
                _delayed.Add(key, delay);
            }
        }
    }

    /// <summary>Makes a key ready after its own back-off, which grows until <see cref="Forget"/>.</summary>
    /// <returns>The delay chosen.</returns>
    public TimeSpan AddWithBackoff(TKey key)
    {
        lock (_lock)
        {
            var delay = _backoff.Next(key);
            if (!_shutDown)
            {
                _observer?.Retried(Name);
                _delayed.Add(key, delay);
            }

            return delay;
        }
    }

    /// <summary>Resets a key's back-off: its work succeeded.</summary>
    public void Forget(TKey key)
    {
        lock (_lock)
        {
            _backoff.Forget(key);
        }
    }

    /// <summary>How often a key was put back with back-off since <see cref="Forget"/>.</summary>
    public int Failures(TKey key)
    {
        lock (_lock)
        {
            return _backoff.Failures(key);
        }
    }

    /// <summary>Takes the next key, waiting for one. Every taken key must be given to <see cref="Done"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="WorkQueueShutDownException">The queue was shut down and is empty.</exception>
    public async ValueTask<TKey> TakeAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        TaskCompletionSource<TKey> waiter;
        LinkedListNode<TaskCompletionSource<TKey>> place;
        lock (_lock)
        {
            if (TryTakeLocked(out var key))
            {
                return key;
            }

            if (_shutDown)
            {
                throw new WorkQueueShutDownException(Name);
            }

            waiter = new TaskCompletionSource<TKey>(TaskCreationOptions.RunContinuationsAsynchronously);
            place = _waiters.AddLast(waiter);
        }

        // A key is handed to a waiter under the lock, so a cancelled waiter either was removed in time or has a key to return.
        await using var registration = ct.UnsafeRegister(
            _ =>
            {
                lock (_lock)
                {
                    if (place.List is null)
                    {
                        return;
                    }

                    _waiters.Remove(place);
                }

                waiter.TrySetCanceled(ct);
            },
            state: null);
        return await waiter.Task;
    }

    /// <summary>Takes the next key if one is ready.</summary>
    public bool TryTake([MaybeNullWhen(false)] out TKey key)
    {
        lock (_lock)
        {
            return TryTakeLocked(out key);
        }
    }

    /// <summary>Ends the work on a taken key; it becomes ready again if it was added meanwhile.</summary>
    /// <exception cref="InvalidOperationException">The key is not being worked on.</exception>
    public void Done(TKey key)
    {
        lock (_lock)
        {
            if (!_processing.Remove(key, out var started))
            {
                throw new InvalidOperationException($"The key {key} of queue '{Name}' is not being worked on.");
            }

            _observer?.Finished(Name, _time.GetElapsedTime(started));
            if (_dirty.TryGetValue(key, out var first))
            {
                Ready(key, first);
            }
        }
    }

    /// <summary>Takes no more additions, drops delayed keys, and lets <see cref="TakeAsync"/> end once what is ready was handed out.</summary>
    public void ShutDown()
    {
        lock (_lock)
        {
            _shutDown = true;
            _delayed.Clear();
            foreach (var waiter in _waiters)
            {
                waiter.TrySetException(new WorkQueueShutDownException(Name));
            }

            _waiters.Clear();
        }
    }

    /// <summary>Shuts down and stops the timer.</summary>
    public void Dispose()
    {
        ShutDown();
        _delayed.Dispose();
    }

    private void AddLocked(TKey key, bool first)
    {
        if (_shutDown)
        {
            return;
        }

        // Being ready now makes a pending delay pointless: whoever works on the key decides anew.
        _delayed.Remove(key);
        if (_dirty.TryGetValue(key, out var wasFirst))
        {
            if (first && !wasFirst)
            {
                _dirty[key] = true;
                _line.MoveFirst(key);
            }

            return;
        }

        _dirty.Add(key, first);
        _observer?.Added(Name);
        if (!_processing.ContainsKey(key))
        {
            Ready(key, first);
        }
    }

    private void Ready(TKey key, bool first)
    {
        _line.Add(key, first, _time.GetTimestamp());
        if (_waiters.First is { } waiter && TryTakeLocked(out var next))
        {
            _waiters.RemoveFirst();
            waiter.Value.TrySetResult(next);
        }
    }

    private bool TryTakeLocked([MaybeNullWhen(false)] out TKey key)
    {
        if (!_line.TryTake(out key, out var since))
        {
            return false;
        }

        var now = _time.GetTimestamp();
        _dirty.Remove(key);
        _processing.Add(key, now);
        _observer?.Taken(Name, _time.GetElapsedTime(since, now));
        return true;
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            while (_delayed.TryTakeDue(out var key))
            {
                AddLocked(key, first: false);
            }
        }
    }
}
