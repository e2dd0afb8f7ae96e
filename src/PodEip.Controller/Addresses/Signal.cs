namespace PodEip.Controller.Addresses;

/// <summary>Wakes one waiting loop. Many sets before a wait count as one.</summary>
internal sealed class Signal(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _set = new(0, 1);

    public void Set()
    {
        try
        {
            if (_set.CurrentCount == 0)
            {
                _set.Release();
            }
        }
        catch (SemaphoreFullException)
        {
            // Another thread set it in between: it is set.
        }
    }

    /// <summary>Waits until it is set, or until then.</summary>
    public async Task WaitAsync(DateTimeOffset? until, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (until is not { } at)
        {
            await _set.WaitAsync(cancellationToken);
            return;
        }

        var left = at - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            await Task.Yield();
            return;
        }

        using var limit = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await _set.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up.
        }
    }

    public void Dispose() => _set.Dispose();
}
