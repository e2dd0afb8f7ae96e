using System.Collections.Concurrent;

namespace PodEip.Scenes;

/// <summary>Starts a controller again whenever it ends, as a kubelet does, until disposed.</summary>
internal sealed class Supervisor : IAsyncDisposable
{
    private static readonly TimeSpan Unlimited = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<int> _exits = [];
    private readonly Task _watching;

    public Supervisor(ControllerRun controller) => _watching = WatchAsync(controller);

    /// <summary>Exit codes so far.</summary>
    public IReadOnlyList<int> Exits => [.. _exits];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WatchAsync(ControllerRun controller)
    {
        while (true)
        {
            _exits.Enqueue(await controller.Process.ExitCodeAsync(Unlimited, _stop.Token));
            controller.Start();
        }
    }
}
