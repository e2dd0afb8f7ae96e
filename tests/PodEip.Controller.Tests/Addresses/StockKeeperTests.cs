using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PodEip.Claims.Planning;
using PodEip.Claims.Stock;
using PodEip.Claims.View;
using PodEip.Controller.Addresses;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Tests.Histories;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Controller.Tests.Addresses;

public sealed class StockKeeperTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(Sample.Start);
    private readonly ControllerCore _core;
    private readonly FakeJournal _journal = new();
    private readonly StockKeeper _keeper;
    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;

    public StockKeeperTests()
    {
        _core = new ControllerCore(new CoreSettings(), Sample.Mark, _time);
        _keeper = new StockKeeper(_core, _journal, new TinyCluster(_time), _time, NullLogger<StockKeeper>.Instance);
        _core.Stir = _keeper.Stir;
        lock (_core.Gate)
        {
            _core.PlanReads();
            while (_core.Calls.TryTake(_time.GetUtcNow(), out var read, out _))
            {
                _core.OnAnswer(_core.OnSent(read!), CallResult.Done, null);
            }

            _core.Apply(new ClaimView { Key = Sample.Web0 }, new Step.Wait("r", "m", Needs: new Need.Purchase(Sample.Attributes)));
        }

        _time.Advance(PurchaseRules.Gather);
    }

    private int InLine
    {
        get
        {
            lock (_core.Gate)
            {
                return _core.Calls.Count(CloudAction.AllocateAddresses);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _run;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Stopped, or ended by the test's own doing.
        }

        _keeper.Dispose();
        _stop.Dispose();
    }

    private Task Until(Func<bool> condition) => Eventually.BecomesTrueAsync(
        () =>
        {
            if (condition())
            {
                return true;
            }

            _time.Advance(TimeSpan.FromMilliseconds(200));
            return condition();
        },
        cancellation: TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_journal_that_somebody_else_wrote_is_loaded_again_and_what_it_holds_counts_too()
    {
        var foreign = Sample.Intent("foreign0", attributes: Sample.OtherAttributes);
        _journal.OnSave = n =>
        {
            if (n == 1)
            {
                _journal.Stored = [foreign];
                throw new WriteConflictException("changed");
            }
        };
        _run = _keeper.RunAsync(_stop.Token);
        await Until(() => InLine == 1);
        Assert.Equal(1, _journal.Loads);
        Assert.Equal(2, _journal.Stored.Count);
        Assert.Contains(foreign, _journal.Stored);
    }

    [Fact]
    public async Task A_foreign_purchase_of_the_same_kind_is_waited_for_and_not_bought_beside()
    {
        _journal.OnSave = n =>
        {
            if (n == 1)
            {
                _journal.Stored = [Sample.Intent("foreign0", 1)];
                throw new WriteConflictException("changed");
            }
        };
        await Assert.ThrowsAsync<WriteConflictException>(() => _keeper.RunOnceAsync(TestContext.Current.CancellationToken));
        await _keeper.LoadAsync(TestContext.Current.CancellationToken);

        // One more comes to wait: the foreign one may be for it.
        lock (_core.Gate)
        {
            _core.Apply(new ClaimView { Key = Sample.Web1 }, new Step.Wait("r", "m", Needs: new Need.Purchase(Sample.Attributes)));
        }

        await _keeper.RunOnceAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, _journal.Stored.Sum(i => i.Count));
        Assert.Equal(1, InLine);
    }

    [Fact]
    public async Task While_the_journal_can_not_be_written_nothing_is_sent_and_then_it_is()
    {
        _journal.OnSave = n =>
        {
            if (n <= 3)
            {
                throw new IOException("the API server is away");
            }
        };
        _run = _keeper.RunAsync(_stop.Token);
        await Until(() => _journal.Saves == 3);
        Assert.Equal(0, InLine);
        await Until(() => InLine == 1);
        Assert.Single(_journal.Stored);
    }

    /// <summary>Two troubles at once: somebody else wrote, and then the API server is away.</summary>
    [Fact]
    public async Task A_reload_that_fails_is_tried_again()
    {
        _journal.OnSave = n =>
        {
            if (n == 1)
            {
                throw new WriteConflictException("changed");
            }
        };
        _journal.OnLoad = n =>
        {
            if (n == 1)
            {
                throw new IOException("the API server is away");
            }
        };
        _run = _keeper.RunAsync(_stop.Token);
        await Until(() => InLine == 1 || _run.IsCompleted);
        Assert.False(_run.IsCompleted, _run.Exception?.Message);
        Assert.Equal(2, _journal.Loads);
    }

    private sealed class FakeJournal : IPurchaseJournal
    {
        public IReadOnlyList<PurchaseIntent> Stored { get; set; } = [];

        public Action<int> OnSave { get; set; } = _ => { };

        public Action<int> OnLoad { get; set; } = _ => { };

        public int Saves { get; private set; }

        public int Loads { get; private set; }

        public Task<IReadOnlyList<PurchaseIntent>> LoadAsync(CancellationToken cancellationToken)
        {
            OnLoad(++Loads);
            return Task.FromResult(Stored);
        }

        public Task SaveAsync(IReadOnlyList<PurchaseIntent> open, CancellationToken cancellationToken)
        {
            OnSave(++Saves);
            Stored = [.. open];
            return Task.CompletedTask;
        }
    }
}
