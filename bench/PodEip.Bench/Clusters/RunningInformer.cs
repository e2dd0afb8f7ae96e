using PodEip.Kubernetes.Watching;

namespace PodEip.Bench.Clusters;

/// <summary>Runs an informer, whose handlers are there already, until it is disposed.</summary>
internal sealed class RunningInformer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public RunningInformer(IInformer informer) => _running = informer.RunAsync(_stop.Token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }

        _stop.Dispose();
    }
}
