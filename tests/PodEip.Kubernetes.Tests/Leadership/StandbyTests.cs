using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PodEip.Kubernetes.Leadership;
using PodEip.Kubernetes.Tests.Fakes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Kubernetes.Tests.Leadership;

/// <summary>When a standby looks at another's lease, and when it takes it.</summary>
public sealed class StandbyTests : IAsyncDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(2);

    private readonly ArmedTime _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<(string Method, DateTimeOffset At)> _calls = [];
    private FakeApiServer? _server;
    private Task _running = Task.CompletedTask;
    private volatile int _renewals;
    private volatile bool _taken;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTimeOffset? TakenAt => _taken ? _calls.First(call => call.Method == "PATCH").At : null;

    [Fact]
    public async Task It_takes_a_dead_leaders_lease_at_the_moment_it_runs_out()
    {
        await StandByAsync();
        var seen = await NextLookAsync();
        while (TakenAt is null)
        {
            await NextLookAsync();
        }

        Assert.InRange(TakenAt.Value - seen, Lease, Lease + Rounding);
    }

    [Fact]
    public async Task It_sees_a_renewal_within_a_quarter_of_the_leaders_period()
    {
        await StandByAsync();
        var before = await NextLookAsync();
        for (var i = 0; i < 20; i++)
        {
            var look = await NextLookAsync();
            Assert.InRange(look - before, TimeSpan.FromMilliseconds(1), Retry / 4 * 1.2);
            before = look;
        }
    }

    [Fact]
    public async Task A_lease_that_was_renewed_just_before_its_end_is_left_alone_for_its_whole_time()
    {
        await StandByAsync();
        var end = await NextLookAsync() + Lease;
        DateTimeOffset look;
        do
        {
            // While it rests: the look that follows is to see it.
            look = await NextLookAsync(now => _renewals += end - now <= Retry / 4 ? 1 : 0);
        }
        while (end - look > Retry / 4);

        var renewed = await NextLookAsync();
        while (TakenAt is null)
        {
            await NextLookAsync();
        }

        Assert.InRange(TakenAt.Value - renewed, Lease, Lease + Rounding);
    }

    [Fact]
    public async Task A_server_that_refuses_at_the_end_of_the_lease_is_not_asked_without_pause()
    {
        await StandByAsync(refuseToTake: true);
        var seen = await NextLookAsync();
        DateTimeOffset look;
        do
        {
            look = await NextLookAsync();
        }
        while (look - seen < Lease * 2);

        Assert.InRange(_calls.Count(call => call.Method == "PATCH"), 15, 15 * 4);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private async Task StandByAsync(bool refuseToTake = false)
    {
        var holder = "other";
        _server = await FakeApiServer.StartAsync(context =>
        {
            _calls.Enqueue((context.Request.Method, _time.GetUtcNow()));
            if (HttpMethods.IsPatch(context.Request.Method))
            {
                if (refuseToTake)
                {
                    return context.StatusAsync(500, "InternalError");
                }

                (holder, _taken) = ("standby", true);
            }

            return context.JsonAsync($$$"""{"metadata":{"namespace":"ns","name":"n","resourceVersion":"{{{_renewals + 1}}}"},"spec":{"holderIdentity":"{{{holder}}}","leaseDurationSeconds":15,"renewTime":"2026-01-01T00:00:{{{_renewals:00}}}.000000Z"}}""");
        });
        var options = new LeaderElectionOptions { Namespace = "ns", Name = "n", Identity = "standby", LeaseDuration = Lease, RetryPeriod = Retry };
        _running = new LeaderElector(_server.Api(), options, _time, NullLogger.Instance)
            .RunAsync((_, ct) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct), _stop.Token);
    }

    /// <summary>Waits until it rests after a look, then lets the clock run to its next look, or to where it has taken the lease.</summary>
    /// <param name="atRest">Done while it rests, with the time of its last look.</param>
    /// <returns>When the look that ended was.</returns>
    private async Task<DateTimeOffset> NextLookAsync(Action<DateTimeOffset>? atRest = null)
    {
        TimeSpan? pause = null;
        await Eventually.BecomesTrueAsync(() => (pause = _time.TakePause()) is not null || TakenAt is not null, cancellation: Ct);
        var now = _time.GetUtcNow();
        atRest?.Invoke(now);
        _time.Advance(pause ?? TimeSpan.Zero);
        return now;
    }

    /// <summary>A clock that tells for how long it was asked to wait: pauses between looks, not the limits of calls.</summary>
    private sealed class ArmedTime : FakeTimeProvider
    {
        private readonly ConcurrentQueue<TimeSpan> _pauses = [];

        public TimeSpan? TakePause() => _pauses.TryDequeue(out var pause) ? pause : null;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime > TimeSpan.Zero && dueTime <= Retry * 1.2)
            {
                _pauses.Enqueue(dueTime);
            }

            return timer;
        }
    }
}
