using System.Threading.Channels;
using PodEip.Kubernetes;
using PodEip.Kubernetes.Watching;

namespace PodEip.Agent.Keeping;

/// <summary>Wakes the loop when something changed; any number of changes meanwhile wake it once.</summary>
/// <param name="time">The clock.</param>
public sealed class WakeUp(TimeProvider time)
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something changed.</summary>
    public void Set() => _signals.Writer.TryWrite(true);

    /// <summary>Waits for a change, or for a time.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await _signals.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up.
        }
    }

    /// <summary>Wakes the loop whenever a store changes.</summary>
    /// <typeparam name="TRecord">What the store holds.</typeparam>
    public IInformerHandler<TRecord> HandlerOf<TRecord>()
        where TRecord : class => new Handler<TRecord>(this);

    private sealed class Handler<TRecord>(WakeUp wakeUp) : IInformerHandler<TRecord>
        where TRecord : class
    {
        public void OnUpserted(ObjectKey key, TRecord? before, TRecord now)
        {
            // Most changes of a Pod are none to us.
            if (before is null || !before.Equals(now))
            {
                wakeUp.Set();
            }
        }

        public void OnDeleted(ObjectKey key, TRecord last) => wakeUp.Set();
    }
}
