using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PodEip.Cloud;
using PodEip.Controller.Addresses;
using PodEip.Controller.Reconciling;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Controller.Tests.Addresses;

public sealed class DispatcherTests : IAsyncDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(7);

    private readonly FakeTimeProvider _time = new(Sample.Start);
    private readonly FakeLeadership _leadership = new();
    private readonly TinyCloud _cloud = new();
    private readonly ControllerCore _core;
    private readonly Dispatcher _dispatcher;
    private readonly ConcurrentQueue<Occurrence> _noticed = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;

    public DispatcherTests()
    {
        _core = new ControllerCore(new CoreSettings { Rates = new RateLimits { Share = 1 } }, Sample.Mark, _time);
        _dispatcher = new Dispatcher(_core, new CloudSender(_cloud, Sample.Mark, null), _leadership, CallTimeout, _time, NullLogger<Dispatcher>.Instance)
        {
            Noticed = all =>
            {
                foreach (var one in all)
                {
                    _noticed.Enqueue(one);
                }
            },
        };
        _core.Stir = _dispatcher.Stir;
    }

    private static QueuedCall Unbind(int i) => new QueuedCall.Disassociate($"eip-{i}", Sample.Web0);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _run;
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            // Stopped, or ended by the test's own doing.
        }

        _dispatcher.Dispose();
        _stop.Dispose();
    }

    private void Begin() => _run = _dispatcher.RunAsync(_stop.Token);

    private void Add(params QueuedCall[] calls)
    {
        lock (_core.Gate)
        {
            foreach (var call in calls)
            {
                _core.Calls.Add(call);
            }
        }

        _dispatcher.Stir();
    }

    /// <summary>Time goes on by steps until it is so; fails when the dispatcher ends first.</summary>
    private Task Until(Func<bool> condition, TimeSpan? step = null) => Eventually.BecomesTrueAsync(
        () =>
        {
            if (condition())
            {
                return true;
            }

            _time.Advance(step ?? TimeSpan.FromMilliseconds(100));
            return condition();
        },
        cancellation: TestContext.Current.CancellationToken);

    [Fact]
    public async Task Without_a_lease_that_is_long_enough_nothing_is_sent_and_with_it_everything()
    {
        _leadership.MayCall = _ => false;
        Add(Unbind(1), Unbind(2));
        Begin();
        await Until(() => _leadership.Asked >= 5);
        Assert.Empty(_cloud.Asked);
        Assert.All(_leadership.Timeouts.ToArray(), asked => Assert.Equal(CallTimeout, asked));

        _leadership.MayCall = _ => true;
        await Until(() => _cloud.Asked.Count == 2);
        Assert.Equal(["unbind eip-1", "unbind eip-2"], _cloud.Asked.Order());
    }

    [Fact]
    public async Task A_lease_lost_in_mid_run_stops_the_rest_which_is_sent_when_it_is_back()
    {
        Begin();
        Add(Unbind(1));
        await Until(() => _cloud.Asked.Count == 1);
        _leadership.MayCall = _ => false;
        Add(Unbind(2), Unbind(3));
        var asked = _leadership.Asked;
        await Until(() => _leadership.Asked >= asked + 3);
        Assert.Single(_cloud.Asked);

        _leadership.MayCall = _ => true;
        await Until(() => _cloud.Asked.Count == 3);
    }

    /// <summary>The lease was good when the line was looked at, and is not any more when the call is about to leave.</summary>
    [Fact]
    public async Task Each_send_is_fenced_not_only_each_look_at_the_line()
    {
        var isLost = false;
        _leadership.MayCall = n => n == 1 && !isLost;
        Add(Unbind(1), new QueuedCall.Rename("eip-2", "name", Sample.Web0));
        Begin();
        await Until(() => _leadership.Asked >= 5);
        Assert.Empty(_cloud.Asked);
        isLost = true;
        _leadership.MayCall = _ => true;
        await Until(() => _cloud.Asked.Count == 2);
        Assert.Equal(["rename eip-2", "unbind eip-1"], _cloud.Asked.Order());
    }

    [Fact]
    public async Task A_call_refused_for_rate_is_repeated_first()
    {
        var refused = false;
        _cloud.Answer = what =>
        {
            if (what == "unbind eip-1" && !refused)
            {
                refused = true;
                throw Sample.Error(CloudErrorClass.Throttled, "RequestLimitExceeded", "DisassociateAddress");
            }

            return Task.CompletedTask;
        };
        Add([.. Enumerable.Range(1, 6).Select(Unbind)]);
        Begin();

        // Two leave at once; what is refused of them comes before the four that wait.
        await Until(() => _cloud.Asked.Count >= 2 && refused, TimeSpan.Zero);
        await Until(() => _core.Calls.Count(CloudAction.DisassociateAddress) == 5, TimeSpan.Zero);
        await Until(() => _cloud.Asked.Count == 7);
        Assert.Equal("unbind eip-1", _cloud.Asked[2]);
        Assert.Equal(7, _core.Calls.PacePerSecond(CloudAction.DisassociateAddress), 6);
    }

    [Fact]
    public async Task A_bind_that_is_not_wanted_any_more_is_not_sent()
    {
        Add(new QueuedCall.Associate("eip-1", Sample.HereIp, Sample.Web0, "pod-1"), Unbind(2));
        Begin();
        await Until(() => _cloud.Asked.Count == 1 && _core.Calls.Count(CloudAction.AssociateAddress) == 0);
        Assert.Equal(["unbind eip-2"], _cloud.Asked);
    }

    [Fact]
    public async Task A_failure_is_told_and_the_next_call_goes_on()
    {
        _cloud.Answer = what => what == "unbind eip-1" ? throw Sample.Error(CloudErrorClass.Balance, "No.Money", "DisassociateAddress") : Task.CompletedTask;
        Add(Unbind(1), Unbind(2));
        Begin();
        await Until(() => _noticed.OfType<Occurrence.CallFailed>().Any() && _cloud.Asked.Count == 2);
        Assert.Equal(CloudAction.DisassociateAddress, _noticed.OfType<Occurrence.CallFailed>().Single().Action);
    }

    /// <summary>An error the port does not know of says nothing about what happened: the address must not hang for ever.</summary>
    [Fact]
    public async Task An_error_nobody_foresaw_counts_as_an_unclear_answer()
    {
        _cloud.Answer = _ => throw new FormatException("not what the cloud's documents show");
        Add(Unbind(1));
        Begin();
        await Until(() => _noticed.OfType<Occurrence.CallFailed>().Any());
        Assert.Contains("FormatException", _noticed.OfType<Occurrence.CallFailed>().First().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_go_on_after_one_that_failed_in_a_way_nobody_foresaw()
    {
        var reads = 0;
        _cloud.OnRead = _ =>
        {
            if (Interlocked.Increment(ref reads) == 1)
            {
                throw new FormatException("not what the cloud's documents show");
            }
        };
        Begin();
        await Until(() => _core.BookIsComplete);
    }

    /// <summary>A fault of our own leaves the core in no known state: the loop ends, and with it the process.</summary>
    [Fact]
    public async Task A_fault_while_an_answer_is_taken_in_ends_the_loop()
    {
        _core.Enqueue = (_, _) => throw new InvalidOperationException("a fault of our own");
        Add(Unbind(1));
        Begin();
        await Until(() => _run.IsCompleted);
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => _run);
        Assert.Equal("a fault of our own", e.Message);
    }

    [Fact]
    public async Task A_stop_waits_for_what_is_under_way()
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _cloud.Answer = _ => answered.Task;
        Add(Unbind(1));
        Begin();
        await Until(() => _cloud.Asked.Count == 1);
        await _stop.CancelAsync();
        Assert.False(_run.IsCompleted);
        answered.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _run);
    }
}
