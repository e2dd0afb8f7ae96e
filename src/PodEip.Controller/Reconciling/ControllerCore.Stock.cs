using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Marks;
using PodEip.Claims.Stock;
using PodEip.Claims.View;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;

namespace PodEip.Controller.Reconciling;

/// <content>Stock: what is bought into it and what is given back from it.</content>
public sealed partial class ControllerCore
{
    private static readonly TimeSpan[] LookPauses = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];
    private static readonly TimeSpan LateLook = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan ReleaseRetry = TimeSpan.FromSeconds(30);

    /// <summary>Takes over the purchases a former leader left open.</summary>
    public void OnPurchasesLoaded(IReadOnlyList<PurchaseIntent> open)
    {
        _purchases.Load(open, Now);
        Stir();
    }

    /// <summary>Decides what to buy.</summary>
    /// <returns>The open purchases to write down; null when they are written down already.</returns>
    public IReadOnlyList<PurchaseIntent>? DecidePurchases()
    {
        if (BookIsComplete && (_quota.IsSettled || Now - _startedAt > QuotaPatience))
        {
            LookAtQuota(Now);
            Ripen(Now);
            _purchases.Decide(_book.FreshStockCount, PurchaseBook.NewBatchId, Now, _quota.Room);
        }

        return _purchases.IsDirty ? _purchases.Intents : null;
    }

    /// <summary>They are written down: what was only decided is sent now.</summary>
    public void OnPurchasesSaved(IReadOnlyList<PurchaseIntent> saved)
    {
        foreach (var intent in _purchases.OnSaved(saved))
        {
            Send(new QueuedCall.Allocate(intent));
        }
    }

    /// <summary>Stock that is to be given back now, in calls.</summary>
    public IReadOnlyList<IReadOnlyList<string>> PickReleases()
    {
        var now = Now;
        if (!BookIsComplete)
        {
            return [];
        }

        var stock = Stock(now);
        var picked = CloudLooksWrong ? [] : WithinBudget(ReleaseRules.Pick(stock, _purchases.WaitingByHash, _settings.SurplusGrace, now, _settings.Reuse, RoomToMake(now)), now);
        var calls = new List<IReadOnlyList<string>>();
        foreach (var group in picked.GroupBy(s => s.ReleaseGroup, StringComparer.Ordinal))
        {
            var ready = group.Where(s => IsReadAfresh(_book.Find(s.Id)!, AddressState.Unbound, now)).ToList();
            foreach (var chunk in ready.Where(s => !_book.Find(s.Id)!.ReleaseAlone).Chunk(ReleaseRules.MostPerCall))
            {
                // A few wait for company, but not for long.
                if (chunk.Length == ReleaseRules.MostPerCall || chunk.Any(s => now - s.Since >= _settings.ReleaseGather))
                {
                    calls.Add([.. chunk.Select(s => s.Id)]);
                }
            }

            calls.AddRange(ready.Where(s => _book.Find(s.Id)!.ReleaseAlone).Select(s => (IReadOnlyList<string>)[s.Id]));
        }

        return calls;
    }

    /// <summary>Gives stock back: the caller has made sure that the CRD is not being deleted.</summary>
    public void Release(IReadOnlyList<string> ids)
    {
        var still = ids.Where(id => _book.Find(id) is { Holder: null, Write: null, State: AddressState.Unbound, IsOwn: true } entry && _book.IsKeptForNobody(entry)).ToList();
        if (still.Count == 0)
        {
            return;
        }

        foreach (var id in still)
        {
            SpendOn(id);
            Begin(id, new PendingWrite(WriteKind.Release));
        }

        Send(new QueuedCall.Release(still));
    }

    /// <summary>When stock is to be looked at next; null when nothing is due.</summary>
    public DateTimeOffset? NextStockDue()
    {
        var now = Now;
        var next = BookIsComplete ? _purchases.NextDue(_book.FreshStockCount, now, _quota.Room) : null;
        if (next is { } soon && !_quota.IsSettled && soon < _startedAt + QuotaPatience)
        {
            next = _startedAt + QuotaPatience;
        }

        foreach (var stock in Stock(now).Where(s => s.IsUnbound))
        {
            var due = stock.Since + (stock.MayServeAgain ? NextOfFreed(stock, now) : stock.WasUsed ? _settings.ReleaseGather : _settings.SurplusGrace);
            due = Later(due, _book.Find(stock.Id)!.ReleaseNotBefore);
            due = _heldBack.Contains(stock.Id) ? now + HeldBackPause : due > now ? due : now + _settings.ReleaseGather;
            next = next is null || due < next ? due : next;
        }

        return NextSweepDue(now) is { } sweep && (next is null || sweep < next) ? sweep : next;
    }

    private List<StockAddress> Stock(DateTimeOffset now) =>
    [
        .. _book.OwnUnheld
            .Where(e => e is { Write: null, Observed: not null, MayYetBind: false } && _book.IsKeptForNobody(e) && e.ReleaseNotBefore <= now)
            .Select(e => new StockAddress(
                e.Id,
                e.PurchaseHash ?? AddressName.FreedHash(e.Name),
                e.WasUsed || e.PurchaseHash is null,
                e.State is AddressState.Unbound,
                e.FreeSince,
                $"{e.Observed!.InternetChargeType}/{e.Observed.AddressType}")
            {
                MayServeAgain = MayServeAgain(e),
                Pool = e.Observed.InternetServiceProvider is { } provider ? QuotaPools.Of(new AddressAttributes { InternetServiceProvider = provider }) : QuotaPool.General,
            })
            .OrderBy(s => s.Since)
            .ThenBy(s => s.Id, StringComparer.Ordinal),
    ];

    /// <summary>Our tag is read afresh before anything is given back; asks for that read when the last one is too old.</summary>
    private bool IsReadAfresh(AddressEntry entry, AddressState state, DateTimeOffset now)
    {
        if (entry.State == state && now - entry.ObservedAt <= _settings.ReleaseReadAge && _mark.IsOn(entry.Observed!.Tags))
        {
            return true;
        }

        _book.WantRead(entry, now);
        return false;
    }

    private void OnPurchaseAnswer(PurchaseIntent intent, CallResult? result, CloudException? error, DateTimeOffset now)
    {
        var hash = intent.Attributes.Hash;
        if (result is not null)
        {
            _occurrences.Add(new Occurrence.Bought(intent.BatchId, result.Ids.Count));
            foreach (var id in result.Ids)
            {
                Bought(id, intent, now);
            }

            _purchases.Close(intent.BatchId);
            _purchases.Succeeded(hash);
            _quota.OnBought(QuotaPools.Of(intent.Attributes), result.Ids.Count);
            return;
        }

        if (error!.MayHaveExecuted)
        {
            var purchase = _purchases.Find(intent.BatchId)!;
            purchase.Stage = PurchaseStage.Unclear;
            purchase.UnclearSince = now;
            purchase.Looks = 0;
            purchase.LookAt = now + LookPauses[0];
            SayPurchaseTrouble(purchase, purchase.WasLost ? error : null, now);
            purchase.WasLost = true;
            return;
        }

        // A clear refusal bought nothing.
        _purchases.Close(intent.BatchId);
        if (error.ErrorClass is CloudErrorClass.Quota or CloudErrorClass.DailyQuota)
        {
            _quota.WantSoon(now);
            if (_purchases.Halve(intent.Count, now))
            {
                return;
            }
        }

        if (error.ErrorClass is CloudErrorClass.Request)
        {
            _purchases.HoldKind(hash, FailurePace.Of(error, _purchases.FailuresOf(hash), EventReasons.FailedAllocateEIP, _settings, now));
        }
        else
        {
            // There is nothing to gain by trying often: the first pause is that after a third failure.
            var before = _purchases.FailuresBefore(now);
            _purchases.Hold(FailurePace.Of(error, before + 2, EventReasons.FailedAllocateEIP, _settings, now) with { Tries = before + 1 });
        }

        foreach (var kind in _purchases.WaitingByHash.Keys)
        {
            foreach (var key in _purchases.WaitersFor(kind))
            {
                Enqueue(key, false);
            }
        }
    }

    private void Bought(string id, PurchaseIntent intent, DateTimeOffset now)
    {
        var entry = Known(id, now);
        _book.Change(entry, e =>
        {
            e.IsOwn = true;
            e.BoughtAt = now;
            e.FreeSince = now;
            e.Observed ??= new Address { Id = id, Status = AddressStatus.Creating, Name = intent.AddressName, Tags = _mark.Tags };
        });
        // Nothing is done with it before it may be bound: the first look comes early.
        _book.WantRead(entry, now + (_settings.Book.PollInterval * 0.6));
    }

    private void OnPurchaseFound(SentCall sent, PurchaseIntent intent, CallResult? result, CloudException? error, DateTimeOffset now)
    {
        if (_purchases.Find(intent.BatchId) is not { } purchase)
        {
            return;
        }

        purchase.Stage = PurchaseStage.Unclear;
        OnReadTrouble(error, now);
        if (result is null)
        {
            purchase.LookAt = now + ReadRetry;
            SayPurchaseTrouble(purchase, error, now);
            return;
        }

        ReadAll(sent, result, now);
        foreach (var entry in result.Addresses.Where(a => string.Equals(a.Name, intent.AddressName, StringComparison.Ordinal)).Select(a => Known(a.Id, now)).Where(e => !e.WasUsed))
        {
            _book.Change(entry, e => e.IsKnownFresh = true);
            Deal(entry.IndexedStock);
        }

        var unchanged = purchase.Found == purchase.FoundAtLook;
        purchase.FoundAtLook = purchase.Found;
        purchase.Looks++;
        if (purchase.Found >= intent.Count || (purchase.Found > 0 && unchanged && purchase.Looks > LookPauses.Length))
        {
            // What is missing of it is bought as a new purchase, if it is still wanted.
            _quota.OnBought(QuotaPools.Of(intent.Attributes), purchase.Found);
            _purchases.Close(intent.BatchId);
            return;
        }

        // Still wanted, it is looked for again soon; else only now and then, until it lapses.
        purchase.LookAt = now + (purchase.Looks < LookPauses.Length || _purchases.WaitersFor(intent.Attributes.Hash).Count > 0
            ? LookPauses[Math.Min(purchase.Looks, LookPauses.Length - 1)]
            : LateLook);
        // What was bought in part was bought: asked for again, the cloud may name addresses that are gone since, or buy them anew.
        if (purchase.Found > 0 || purchase.Looks < LookPauses.Length)
        {
            return;
        }

        if (_purchases.WaitersFor(intent.Attributes.Hash).Count > 0 && now - purchase.UnclearSince < _settings.PurchaseLapse)
        {
            // Not there after several looks, and still wanted: once more, with the same token and name.
            purchase.Stage = PurchaseStage.Sent;
            Calls.Add(new QueuedCall.Allocate(intent));
        }
        else if (now - purchase.UnclearSince >= _settings.PurchaseLapse)
        {
            _purchases.Close(intent.BatchId);
        }
    }

    private void OnReleaseAnswer(QueuedCall.Release call, CloudException? error, DateTimeOffset now)
    {
        foreach (var id in call.AddressIds)
        {
            var entry = OnWriteAnswer(id, error, now, (e, _) =>
            {
                e.ReadDue = true;
                e.ReleaseAlone = call.AddressIds.Count > 1;
                e.ReleaseNotBefore = call.AddressIds.Count > 1 ? now : now + ReleaseRetry;
            });
            _book.WantRead(entry, now + (error is null ? _settings.Book.PollInterval * 2 : _settings.Book.PollInterval));
        }
    }
}
