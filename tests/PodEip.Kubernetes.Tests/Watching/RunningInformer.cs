using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Tests.Fakes;
using PodEip.Kubernetes.Watching;

namespace PodEip.Kubernetes.Tests.Watching;

/// <summary>An informer of <see cref="Thing"/>s with a listener, running until disposed.</summary>
internal sealed class RunningInformer : IAsyncDisposable, IInformerObserver
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private int _lists;
    private int _watches;

    public RunningInformer(KubeApi api, string path, InformerOptions? options = null, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        Informer = new Informer<Thing, Kept>(api, "things", path, ThingJson.Default.Thing, Kept.Of, time, NullLogger.Instance, options ?? Quick, this);
        Informer.AddHandler(Listener);
        _running = Task.Run(() => Informer.RunAsync(_stop.Token));
    }

    /// <summary>Retries soon, so that tests of failures need not wait.</summary>
    public static InformerOptions Quick { get; } = new() { MinBackoff = TimeSpan.FromMilliseconds(10), MaxBackoff = TimeSpan.FromMilliseconds(50) };

    public Informer<Thing, Kept> Informer { get; }

    public Listener Listener { get; } = new();

    public List<string> Failures { get; } = [];

    public int Lists => Volatile.Read(ref _lists);

    public int Watches => Volatile.Read(ref _watches);

    public Task SyncedAsync() => Informer.WaitForSyncAsync(Limits.Patience, CancellationToken.None);

    public IReadOnlyDictionary<string, string> Colors => Informer.Store.Snapshot().ToDictionary(pair => pair.Key.Name, pair => pair.Value.Color);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running.Soon();
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }

        _stop.Dispose();
    }

    public void Listed(string resource, int objects) => Interlocked.Increment(ref _lists);

    public void WatchOpened(string resource) => Interlocked.Increment(ref _watches);

    public void EventHandled(string resource)
    {
    }

    public void Failed(string resource, string reason)
    {
        lock (Failures)
        {
            Failures.Add(reason);
        }
    }
}
