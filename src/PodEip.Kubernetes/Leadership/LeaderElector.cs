using Microsoft.Extensions.Logging;
using PodEip.Kubernetes.Api;

namespace PodEip.Kubernetes.Leadership;

/// <summary>Elects one leader among processes through a <c>coordination.k8s.io/v1</c> Lease.</summary>
public sealed partial class LeaderElector
{
    /// <summary>A standby that sees a renewal late takes over as much later: it looks more often than the leader renews.</summary>
    private const int LooksPerRenewal = 4;

    private readonly LeaderElectionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LeaseLock _lock;
    private volatile HeldLease? _held;

    /// <summary>Creates a candidate.</summary>
    /// <param name="api">The API server.</param>
    /// <param name="options">The lease and the times.</param>
    /// <param name="time">The clock; only its monotonic side decides anything.</param>
    /// <param name="logger">The log.</param>
    /// <exception cref="ArgumentException">The times can't work together.</exception>
    public LeaderElector(KubeApi api, LeaderElectionOptions options, TimeProvider time, ILogger logger)
    {
        Validate(options);
        _options = options;
        _time = time;
        _logger = logger;
        _lock = new LeaseLock(api, options, time);
    }

    /// <summary>Who holds the lease as last read; null when unknown or nobody.</summary>
    public string? ObservedLeader => _lock.Holder;

    /// <summary>True while this process leads.</summary>
    public bool IsLeader => _held?.IsHeld == true;

    /// <summary>
    /// Waits to become leader, runs <paramref name="lead"/> while renewing, and releases the lease when <paramref name="ct"/>
    /// is cancelled or <paramref name="lead"/> ends by itself.
    /// </summary>
    /// <param name="lead">The leader's work. Its token is cancelled on loss and on shutdown.</param>
    /// <param name="ct">Stops the election and the work.</param>
    /// <exception cref="LeadershipLostException">The lease was lost: stop the process.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task RunAsync(Func<ILeadership, CancellationToken, Task> lead, CancellationToken ct)
    {
        var held = await AcquireAsync(ct);
        _held = held;
        LogAcquired(_options.Identity, _options.Namespace, _options.Name);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // Not cancelled by ct: the lease is kept while the work ends.
        using var renewing = new CancellationTokenSource();
        var leading = Task.Run(() => lead(held, work.Token), CancellationToken.None);
        var losing = RenewAsync(held, renewing.Token);
        var released = false;
        try
        {
            if (await Task.WhenAny(leading, losing, Task.Delay(Timeout.InfiniteTimeSpan, _time, work.Token)) == losing)
            {
                held.End();
                await work.CancelAsync();
                // A moment to unwind; the process stops in any case, and the fence holds back what does not.
                await Task.WhenAny(leading, Task.Delay(TimeSpan.FromSeconds(1), _time, CancellationToken.None));
                throw new LeadershipLostException(await losing);
            }

            await work.CancelAsync();
            var ended = await Task.WhenAny(leading, losing, Task.Delay(_options.StopLimit, _time, CancellationToken.None)) == leading;
            held.End();
            await renewing.CancelAsync();
            await losing;
            if (ended)
            {
                await ReleaseAsync();
                released = true;
                await leading;
            }

            ct.ThrowIfCancellationRequested();
        }
        finally
        {
            _held = null;
            if (!released)
            {
                held.End();
                LogNotReleased(_options.Namespace, _options.Name);
            }
        }
    }

    private static void Validate(LeaderElectionOptions options)
    {
        if (options.LeaseDuration < TimeSpan.FromSeconds(1))
        {
            throw new ArgumentException($"LeaseDuration {options.LeaseDuration} must be at least 1 s.", nameof(options));
        }

        if (options.RenewDeadline >= options.LeaseDuration)
        {
            throw new ArgumentException($"RenewDeadline {options.RenewDeadline} must be below LeaseDuration {options.LeaseDuration}: else two could lead at once.", nameof(options));
        }

        if (options.RetryPeriod <= TimeSpan.Zero || options.RetryPeriod * 1.2 >= options.RenewDeadline)
        {
            throw new ArgumentException($"RetryPeriod {options.RetryPeriod} must be above 0 and, with its jitter of a fifth, below RenewDeadline {options.RenewDeadline}.", nameof(options));
        }
    }

    private async Task<HeldLease> AcquireAsync(CancellationToken ct)
    {
        LogWaiting(_options.Identity, _options.Namespace, _options.Name);
        string? leader = null;
        while (true)
        {
            var started = _time.GetTimestamp();
            if (await TryTakeAsync(_options.RenewDeadline, ct))
            {
                return new HeldLease(_time, _options.LeaseDuration, started);
            }

            if (_lock.Holder is { } holder && holder != leader)
            {
                leader = holder;
                LogOther(holder, _options.Namespace, _options.Name);
            }

            await Task.Delay(UntilNextLook(), _time, ct);
        }
    }

    /// <summary>A fraction of the leader's period; less where the lease runs out before, so that the look falls on that very moment.</summary>
    private TimeSpan UntilNextLook()
    {
        var look = _options.RetryPeriod / LooksPerRenewal * (1 + (0.2 * Random.Shared.NextDouble()));
        // Timers count whole milliseconds and cut off the rest.
        return _lock.LapsesIn is { } left && left > TimeSpan.Zero && left < look ? left + TimeSpan.FromMilliseconds(1) : look;
    }

    /// <summary>Renews until cancelled (empty) or lost (why).</summary>
    private async Task<string> RenewAsync(HeldLease held, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(_options.RetryPeriod, _time, ct);
                var started = _time.GetTimestamp();
                var left = _options.RenewDeadline - held.Age;
                if (left <= TimeSpan.Zero)
                {
                    return $"The lease {_options.Namespace}/{_options.Name} was not renewed for {held.Age.TotalSeconds:0.#} s; the limit is {_options.RenewDeadline.TotalSeconds:0.#} s.";
                }

                if (await TryTakeAsync(left, ct))
                {
                    held.Renewed(started);
                }
                else if (_lock.Holder is { } other && other != _options.Identity)
                {
                    return $"The lease {_options.Namespace}/{_options.Name} was taken by {other}.";
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                // Asked to stop: not a loss.
            }
        }

        return "";
    }

    // One attempt, bounded by what is left: an attempt that hangs must not outlive the deadline, nor use all of it up.
    private async Task<bool> TryTakeAsync(TimeSpan left, CancellationToken ct)
    {
        var half = _options.RenewDeadline / 2;
        using var limit = new CancellationTokenSource(left < half ? left : half, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await _lock.TryTakeAsync(either.Token);
        }
        catch (KubeApiException e)
        {
            LogFailed(_options.Namespace, _options.Name, e.Message);
            return false;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            LogFailed(_options.Namespace, _options.Name, "no answer in time");
            return false;
        }
    }

    private async Task ReleaseAsync()
    {
        using var limit = new CancellationTokenSource(_options.RenewDeadline / 2, _time);
        try
        {
            await _lock.ReleaseAsync(limit.Token);
            LogReleased(_options.Namespace, _options.Name);
        }
        catch (Exception e) when (e is KubeApiException or OperationCanceledException)
        {
            // It runs out by itself; the next leader waits a little longer.
            LogFailed(_options.Namespace, _options.Name, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} waits for the lease {Namespace}/{Name}")]
    private partial void LogWaiting(string identity, string @namespace, string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Holder} holds the lease {Namespace}/{Name}")]
    private partial void LogOther(string holder, string @namespace, string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} leads: it holds the lease {Namespace}/{Name}")]
    private partial void LogAcquired(string identity, string @namespace, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An attempt at the lease {Namespace}/{Name} failed: {Error}")]
    private partial void LogFailed(string @namespace, string name, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Released the lease {Namespace}/{Name}")]
    private partial void LogReleased(string @namespace, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Left the lease {Namespace}/{Name} without releasing it")]
    private partial void LogNotReleased(string @namespace, string name);
}
