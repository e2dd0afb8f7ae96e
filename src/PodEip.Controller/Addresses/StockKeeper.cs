using Microsoft.Extensions.Logging;
using PodEip.Controller.Reconciling;

namespace PodEip.Controller.Addresses;

/// <summary>Keeps stock as small as need allows: writes purchases down before they are sent, and gives back what nobody needs.</summary>
public sealed partial class StockKeeper(
    ControllerCore core, IPurchaseJournal journal, IClusterReader cluster, TimeProvider time, ILogger<StockKeeper> logger) : IDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly Signal _signal = new(time);

    /// <summary>Need or stock may have changed.</summary>
    public void Stir() => _signal.Set();

    /// <summary>Takes over what a former leader left open; nothing may be bought before.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var open = await journal.LoadAsync(cancellationToken);
        lock (core.Gate)
        {
            core.OnPurchasesLoaded(open);
        }
    }

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var isStale = false;
        while (true)
        {
            DateTimeOffset? next;
            try
            {
                if (isStale)
                {
                    await LoadAsync(cancellationToken);
                    isStale = false;
                }

                await RunOnceAsync(cancellationToken);
                lock (core.Gate)
                {
                    next = core.NextStockDue();
                }
            }
            catch (WriteConflictException e)
            {
                // Our own write whose answer was lost, or another controller's: what it holds counts too.
                LogJournalChanged(e.Message);
                isStale = true;
                next = time.GetUtcNow();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The API server is away: nothing was sent, and nothing is lost by trying again.
                LogRetry(e);
                next = time.GetUtcNow() + RetryPause;
            }

            await _signal.WaitAsync(next, cancellationToken);
        }
    }

    /// <summary>One round: decide, write down, send; pick, make sure, give back.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Claims.Stock.PurchaseIntent>? open;
        lock (core.Gate)
        {
            open = core.DecidePurchases();
        }

        if (open is not null)
        {
            await journal.SaveAsync(open, cancellationToken);
            lock (core.Gate)
            {
                core.OnPurchasesSaved(open);
            }
        }

        IReadOnlyList<IReadOnlyList<string>> calls;
        lock (core.Gate)
        {
            calls = core.PickReleases();
        }

        // An uninstall deletes the CRD and all claims with it: what they held then looks like stock, and must stay.
        if (calls.Count > 0 && !await cluster.IsCrdEndingAsync(cancellationToken))
        {
            lock (core.Gate)
            {
                foreach (var ids in calls)
                {
                    core.Release(ids);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The purchases were written by somebody else: {Words}")]
    private partial void LogJournalChanged(string words);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stock is looked at again in a moment")]
    private partial void LogRetry(Exception exception);
}
