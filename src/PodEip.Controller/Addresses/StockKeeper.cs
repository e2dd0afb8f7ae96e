using Microsoft.Extensions.Logging;
using PodEip.Controller.Reconciling;

namespace PodEip.Controller.Addresses;

/// <summary>Keeps stock as small as need allows: writes purchases down before they are sent, and gives back what nobody needs.</summary>
public sealed partial class StockKeeper(
    ControllerCore core, IPurchaseJournal journal, IClusterReader cluster, TimeProvider time, ILogger<StockKeeper> logger) : IDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RecordRecheck = TimeSpan.FromSeconds(30);

    private readonly Signal _signal = new(time);
    private DateTimeOffset _recordLookAt = DateTimeOffset.MinValue;

    /// <summary>Where the count of claims is kept from one leader to the next; null where nobody keeps it.</summary>
    public IClusterRecord? Record { get; init; }

    /// <summary>Region of the addresses, for the record.</summary>
    public string? Region { get; init; }

    /// <summary>Reads the places that addresses are bound to; without it none is unbound by the sweep.</summary>
    public IPlaceReader? Places { get; init; }

    /// <summary>Need or stock may have changed.</summary>
    public void Stir() => _signal.Set();

    /// <summary>Takes over what a former leader left open; nothing may be bought before.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var open = await journal.LoadAsync(cancellationToken);
        var record = Record is null ? null : await Record.LoadAsync(cancellationToken);
        if (Record is not null && Region is not null && !string.Equals(record?.Region, Region, StringComparison.Ordinal))
        {
            record = new ClusterRecord(Region, record?.Holders);
            await Record.SaveAsync(record, cancellationToken);
        }

        lock (core.Gate)
        {
            core.OnPurchasesLoaded(open);
            core.OnRecordLoaded(record?.Holders);
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

        await KeepRecordAsync(cancellationToken);

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

        await UnclaimAsync(cancellationToken);
    }

    /// <summary>Records how many claims have an address; while that looks wrong, looks whether the operator has confirmed it.</summary>
    private async Task KeepRecordAsync(CancellationToken cancellationToken)
    {
        int? holders;
        bool isHalted;
        lock (core.Gate)
        {
            holders = core.TakeCensus();
            isHalted = core.SweepIsHalted;
        }

        if (holders is not null)
        {
            if (Record is not null)
            {
                await Record.SaveAsync(new ClusterRecord(Region, holders), cancellationToken);
            }

            lock (core.Gate)
            {
                core.OnCensusSaved();
            }
        }
        else if (isHalted && Record is not null && time.GetUtcNow() >= _recordLookAt)
        {
            _recordLookAt = time.GetUtcNow() + RecordRecheck;
            if (await Record.LoadAsync(cancellationToken) is { Holders: null })
            {
                lock (core.Gate)
                {
                    core.OnRecordLoaded(holders: null);
                }
            }
        }
    }

    /// <summary>Unbinds own addresses that nobody claims: on Nodes of this cluster only, and where nobody is served.</summary>
    private async Task UnclaimAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<SweptBinding> due;
        lock (core.Gate)
        {
            due = Places is null ? [] : core.PickUnclaimed();
        }

        foreach (var binding in due)
        {
            var why = !await Places!.IsNodeAsync(binding.InstanceId, cancellationToken) ? $"{binding.InstanceId} is no Node of this cluster"
                : await cluster.IsCrdEndingAsync(cancellationToken) ? "the CRD is being deleted"
                : null;
            var pods = why is null ? await Places.FindPodsAsync(binding.Target.PrivateIp, cancellationToken) : [];
            lock (core.Gate)
            {
                if (why is not null)
                {
                    core.LeaveUnclaimed(binding, why);
                }
                else
                {
                    core.Unclaim(binding, pods);
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
