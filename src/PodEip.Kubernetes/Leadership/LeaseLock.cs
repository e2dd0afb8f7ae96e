using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;
using PodEip.Kubernetes.Patches;

namespace PodEip.Kubernetes.Leadership;

/// <summary>
/// The lease as one candidate sees and takes it. Whether another's lease has run out is judged by how long it has not changed on
/// this process's monotonic clock, so clocks need not agree. Used by one caller at a time.
/// </summary>
internal sealed class LeaseLock(KubeApi api, LeaderElectionOptions options, TimeProvider time)
{
    private readonly string _path = ResourcePath.Group("coordination.k8s.io", "v1", "leases", options.Namespace, options.Name);
    private Lease? _lease;
    private long _unchangedSince;

    /// <summary>Who holds the lease as last read; null when nobody.</summary>
    public string? Holder => _lease?.Spec?.HolderIdentity is { Length: > 0 } holder ? holder : null;

    /// <summary>How long another's lease still holds unless it is seen renewed, on this process's clock; null when no other holds it, below zero when it has run out.</summary>
    public TimeSpan? LapsesIn => Holder is null || IsMine ? null : TheirDuration() - time.GetElapsedTime(_unchangedSince);

    private bool IsMine => Holder == options.Identity;

    /// <summary>Takes or renews the lease. False when it is another's and has not run out.</summary>
    /// <exception cref="KubeApiException">The server could not be asked. Conflicts are no error: someone else was quicker.</exception>
    public async Task<bool> TryTakeAsync(CancellationToken ct)
    {
        try
        {
            // The holder renews at the version it wrote itself; all others must look first.
            if (!IsMine)
            {
                Observe(await api.GetAsync(_path, RuntimeJsonContext.Default.Lease, ct));
            }

            return await TakeObservedAsync(ct);
        }
        catch (KubeApiException e) when (e.IsConflict || e.IsAlreadyExists || e.IsNotFound)
        {
            Observe(await api.GetAsync(_path, RuntimeJsonContext.Default.Lease, ct));
            // Someone may have touched the object (a label) without taking it: then it is still ours to renew.
            return IsMine && await TakeObservedAsync(ct);
        }
    }

    /// <summary>Gives the lease back, so that the next leader need not wait for it to run out.</summary>
    public async Task ReleaseAsync(CancellationToken ct)
    {
        if (!IsMine)
        {
            return;
        }

        try
        {
            await GiveBackAsync(ct);
        }
        catch (KubeApiException e) when (e.IsConflict)
        {
            // The last renewal may have been written although the stop cut its answer off, or someone touched the object.
            Observe(await api.GetAsync(_path, RuntimeJsonContext.Default.Lease, ct));
            if (IsMine)
            {
                await GiveBackAsync(ct);
            }
        }
    }

    private Task GiveBackAsync(CancellationToken ct) =>
        PatchAsync(new LeaseSpec { HolderIdentity = "", LeaseDurationSeconds = 1, RenewTime = Now() }, ct);

    private async Task<bool> TakeObservedAsync(CancellationToken ct)
    {
        var duration = (int)Math.Ceiling(options.LeaseDuration.TotalSeconds);
        if (_lease is null)
        {
            var spec = new LeaseSpec { HolderIdentity = options.Identity, LeaseDurationSeconds = duration, AcquireTime = Now(), RenewTime = Now(), LeaseTransitions = 0 };
            var lease = new Lease { Metadata = new ObjectMeta { Name = options.Name, Namespace = options.Namespace }, Spec = spec };
            var collection = ResourcePath.Group("coordination.k8s.io", "v1", "leases", options.Namespace);
            Observe(await api.CreateAsync(collection, lease, RuntimeJsonContext.Default.Lease, ct));
            return true;
        }

        if (IsMine)
        {
            await PatchAsync(new LeaseSpec { HolderIdentity = options.Identity, LeaseDurationSeconds = duration, RenewTime = Now() }, ct);
            return true;
        }

        if (LapsesIn > TimeSpan.Zero)
        {
            return false;
        }

        var transitions = (_lease.Spec?.LeaseTransitions ?? 0) + 1;
        await PatchAsync(new LeaseSpec { HolderIdentity = options.Identity, LeaseDurationSeconds = duration, AcquireTime = Now(), RenewTime = Now(), LeaseTransitions = transitions }, ct);
        return true;
    }

    private async Task PatchAsync(LeaseSpec spec, CancellationToken ct)
    {
        var patch = new MergePatch().OnlyAt(_lease!.Metadata.ResourceVersion!).Spec(spec, RuntimeJsonContext.Default.LeaseSpec).ToBytes();
        Observe(await api.PatchAsync(_path, PatchKind.Merge, patch, RuntimeJsonContext.Default.Lease, ct));
    }

    private void Observe(Lease? lease)
    {
        if (_lease is null || lease?.Spec != _lease.Spec)
        {
            _unchangedSince = time.GetTimestamp();
        }

        _lease = lease;
    }

    // The holder's own word counts when it is longer than ours: it believes in its lease for that long.
    private TimeSpan TheirDuration()
    {
        var theirs = TimeSpan.FromSeconds(_lease?.Spec?.LeaseDurationSeconds ?? 0);
        return theirs > options.LeaseDuration ? theirs : options.LeaseDuration;
    }

    private string Now() => MicroTime.Format(time.GetUtcNow());
}
