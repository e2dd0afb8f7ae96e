using Microsoft.Extensions.Time.Testing;
using PodEip.Kubernetes.Queueing;
using PodEip.Kubernetes.Tests.Fakes;
using Xunit;

namespace PodEip.Kubernetes.Tests.Queueing;

public sealed class WorkQueueTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly WorkQueue<string> _queue;

    public WorkQueueTests() => _queue = new WorkQueue<string>("test", _time, new WorkQueueOptions
    {
        MinBackoff = TimeSpan.FromSeconds(1),
        MaxBackoff = TimeSpan.FromSeconds(10),
        Jitter = 0.5,
    });

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void Keys_come_in_order_and_each_once()
    {
        _queue.Add("a");
        _queue.Add("b");
        _queue.Add("a");
        Assert.Equal(2, _queue.Count);
        Assert.Equal(["a", "b"], TakeAll());
    }

    [Fact]
    public void A_key_added_while_worked_on_comes_again_after_Done_and_not_before()
    {
        _queue.Add("a");
        Assert.True(_queue.TryTake(out var a));
        _queue.Add("a");
        Assert.False(_queue.TryTake(out _));
        _queue.Done(a!);
        Assert.True(_queue.TryTake(out _));
        _queue.Done("a");
        Assert.False(_queue.TryTake(out _));
    }

    [Fact]
    public void Preferred_keys_come_first_in_their_own_order()
    {
        _queue.Add("a");
        _queue.Add("b");
        _queue.AddFirst("c");
        _queue.AddFirst("b");
        Assert.Equal(["c", "b", "a"], TakeAll());
    }

    [Fact]
    public void A_key_preferred_while_worked_on_is_preferred_after_Done()
    {
        _queue.Add("a");
        Assert.True(_queue.TryTake(out _));
        _queue.Add("b");
        _queue.Add("a");
        _queue.AddFirst("a");
        _queue.Done("a");
        Assert.Equal(["a", "b"], TakeAll());
    }

    [Fact]
    public void The_earliest_of_a_keys_delays_wins_and_the_key_comes_once()
    {
        _queue.AddAfter("a", TimeSpan.FromMinutes(5));
        _queue.AddAfter("a", TimeSpan.FromMinutes(1));
        _queue.AddAfter("a", TimeSpan.FromMinutes(3));
        Assert.Equal(1, _queue.DelayedCount);
        _time.Advance(TimeSpan.FromSeconds(59.9));
        Assert.Equal(0, _queue.Count);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(["a"], TakeAll());
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void Delayed_keys_come_in_the_order_of_their_times()
    {
        _queue.AddAfter("c", TimeSpan.FromSeconds(3));
        _queue.AddAfter("a", TimeSpan.FromSeconds(1));
        _queue.AddAfter("b", TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(1, _queue.Count);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["a", "b", "c"], TakeAll());
    }

    [Fact]
    public void A_delay_longer_than_a_timer_can_run_is_kept()
    {
        _queue.AddAfter("a", TimeSpan.FromDays(100));
        for (var day = 0; day < 99; day++)
        {
            _time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(0, _queue.Count);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public void Being_ready_now_drops_a_pending_delay()
    {
        for (var i = 0; i < 10_000; i++)
        {
            _queue.AddAfter("a", TimeSpan.FromDays(5));
            _queue.Add("a");
            TakeAll();
        }

        Assert.Equal(0, _queue.DelayedCount);
        _time.Advance(TimeSpan.FromDays(6));
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void Backoff_doubles_with_jitter_up_to_its_limit_until_forgotten()
    {
        double[] full = [1, 2, 4, 8, 10, 10];
        foreach (var (failures, seconds) in full.Index())
        {
            Assert.Equal(failures, _queue.Failures("a"));
            Assert.InRange(_queue.AddWithBackoff("a").TotalSeconds, seconds / 2, seconds);
        }

        _queue.Forget("a");
        Assert.Equal(0, _queue.Failures("a"));
        Assert.InRange(_queue.AddWithBackoff("a").TotalSeconds, 0.5, 1);
    }

    [Fact]
    public void Done_for_a_key_nobody_took_is_an_error()
        => Assert.Contains("'test'", Assert.Throws<InvalidOperationException>(() => _queue.Done("a")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_waiter_gets_the_next_key()
    {
        var take = _queue.TakeAsync(CancellationToken.None).AsTask();
        Assert.False(take.IsCompleted);
        _queue.AddAfter("a", TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("a", await take.Soon());
    }

    [Fact]
    public async Task A_cancelled_waiter_takes_no_key_with_it()
    {
        using var cancel = new CancellationTokenSource();
        var gone = _queue.TakeAsync(cancel.Token).AsTask();
        var stays = _queue.TakeAsync(CancellationToken.None).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone.Soon());
        _queue.Add("a");
        Assert.Equal("a", await stays.Soon());
    }

    [Fact]
    public async Task After_shutdown_what_is_ready_is_handed_out_and_then_workers_end()
    {
        _queue.Add("a");
        _queue.AddAfter("b", TimeSpan.FromSeconds(1));
        _queue.ShutDown();
        _queue.Add("c");
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("a", await _queue.TakeAsync(CancellationToken.None));
        await Assert.ThrowsAsync<WorkQueueShutDownException>(() => _queue.TakeAsync(CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task Shutdown_ends_workers_that_wait()
    {
        var take = _queue.TakeAsync(CancellationToken.None).AsTask();
        _queue.ShutDown();
        await Assert.ThrowsAsync<WorkQueueShutDownException>(() => take.Soon());
    }

    [Fact]
    public void The_observer_hears_of_waiting_and_working_times()
    {
        var seen = new List<string>();
        using var queue = new WorkQueue<string>("q", _time, observer: new Recorder(seen));
        queue.Add("a");
        queue.Add("a");
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(queue.TryTake(out _));
        _time.Advance(TimeSpan.FromSeconds(3));
        queue.AddWithBackoff("a");
        queue.Done("a");
        Assert.Equal(["added q", "taken q 2", "retried q", "finished q 3"], seen);
    }

    private List<string> TakeAll()
    {
        var keys = new List<string>();
        while (_queue.TryTake(out var key))
        {
            keys.Add(key);
            _queue.Done(key);
        }

        return keys;
    }

    private sealed class Recorder(List<string> seen) : IWorkQueueObserver
    {
        public void Added(string queue) => seen.Add($"added {queue}");

        public void Retried(string queue) => seen.Add($"retried {queue}");

        public void Taken(string queue, TimeSpan waited) => seen.Add($"taken {queue} {waited.TotalSeconds}");

        public void Finished(string queue, TimeSpan worked) => seen.Add($"finished {queue} {worked.TotalSeconds}");
    }
}
