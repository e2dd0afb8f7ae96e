using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Api.Resources;
using PodEip.Controller.Cluster;
using PodEip.Kubernetes;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Watching;
using PodEip.Scenes;

namespace PodEip.Bench.Clusters;

/// <summary>Counts the claims of a namespace by a watch: asking for thousands of them again and again would be measured too.</summary>
internal sealed class ClaimCount : IInformerHandler<ClaimCount.Seen>, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly RunningInformer _informer;
    private readonly List<(Func<bool> Holds, TaskCompletionSource<long> Reached)> _waits = [];
    private int _bound;
    private int _all;

    /// <param name="api">The API server.</param>
    /// <param name="space">The namespace.</param>
    public ClaimCount(KubeApi api, string space)
    {
        var informer = new Informer<ClaimObject, Seen>(
            api, "claims", Scene.ClaimPath(space), ClusterJson.Default.ClaimObject, claim => new Seen(claim.Claim.Status.Phase == ClaimPhase.Bound), TimeProvider.System, NullLogger.Instance);
        informer.AddHandler(this);
        _informer = new RunningInformer(informer);
    }

    /// <summary>Completes when so many are bound.</summary>
    /// <returns>When that was: a timestamp of the system's clock.</returns>
    public Task<long> BoundAsync(int count, TimeSpan limit, CancellationToken cancellationToken) => WhenAsync(() => _bound == count, () => $"{count} bound claims", limit, cancellationToken);

    /// <summary>Completes when there are so many in all.</summary>
    /// <returns>When that was: a timestamp of the system's clock.</returns>
    public Task<long> CountAsync(int count, TimeSpan limit, CancellationToken cancellationToken) => WhenAsync(() => _all == count, () => $"{count} claims", limit, cancellationToken);

    /// <summary>Completes when there are so many, and all are bound.</summary>
    /// <returns>When that was: a timestamp of the system's clock.</returns>
    public Task<long> OnlyBoundAsync(int count, TimeSpan limit, CancellationToken cancellationToken) => WhenAsync(() => _all == count && _bound == count, () => $"{count} claims, all bound", limit, cancellationToken);

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _all);

    public void OnUpserted(ObjectKey key, Seen? before, Seen now) => Change((before is null ? 1 : 0, (now.IsBound ? 1 : 0) - (before?.IsBound is true ? 1 : 0)));

    public void OnDeleted(ObjectKey key, Seen last) => Change((-1, last.IsBound ? -1 : 0));

    public ValueTask DisposeAsync() => _informer.DisposeAsync();

    private void Change((int All, int Bound) by)
    {
        lock (_lock)
        {
            (_all, _bound) = (_all + by.All, _bound + by.Bound);
            foreach (var wait in _waits.Where(wait => wait.Holds()))
            {
                wait.Reached.TrySetResult(TimeProvider.System.GetTimestamp());
            }
        }
    }

    private async Task<long> WhenAsync(Func<bool> holds, Func<string> what, TimeSpan limit, CancellationToken cancellationToken)
    {
        var wait = (Holds: holds, Reached: new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            _waits.Add(wait);
            if (holds())
            {
                wait.Reached.TrySetResult(TimeProvider.System.GetTimestamp());
            }
        }

        try
        {
            return await wait.Reached.Task.WaitAsync(limit, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new BenchException($"after {limit.TotalSeconds:0} s there are not {what()}, but {_all} of which {_bound} are bound");
        }
        finally
        {
            lock (_lock)
            {
                _waits.Remove(wait);
            }
        }
    }

    /// <summary>What is known of a claim.</summary>
    internal sealed record Seen(bool IsBound);
}
