using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Marks;
using PodEip.Claims.Stock;
using PodEip.Claims.View;

namespace PodEip.Controller.Addresses;

/// <summary>
/// Who waits for an address to be bought, what is being bought, and why nothing is. Not thread-safe: the core's lock guards it.
/// </summary>
internal sealed partial class PurchaseBook
{
    private static readonly TimeSpan HalvedFor = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Waiters> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<ClaimKey, string> _hashOf = [];
    private readonly Dictionary<string, Purchase> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClaimFailure> _heldKinds = new(StringComparer.Ordinal);
    private ClaimFailure? _held;
    private int _failures;
    private int _mostPerCall = PurchaseRules.MostPerCall;
    private DateTimeOffset _halvedAt = DateTimeOffset.MinValue;

    /// <summary>True when the open purchases differ from what was last written down.</summary>
    public bool IsDirty { get; private set; }

    public IReadOnlyCollection<Purchase> Open => _open.Values;

    /// <summary>The intents to write down.</summary>
    public IReadOnlyList<PurchaseIntent> Intents => [.. _open.Values.Select(p => p.Intent)];

    /// <summary>Claims that wait, by the hash of what they wait for.</summary>
    public Dictionary<string, int> WaitingByHash => _waiting.ToDictionary(w => w.Key, w => w.Value.Keys.Count, StringComparer.Ordinal);

    /// <summary>A claim waits for an address of these attributes.</summary>
    /// <param name="key">The claim.</param>
    /// <param name="attributes">What it wants.</param>
    /// <param name="now">The time.</param>
    /// <param name="createdAt">When the claim was made, which is its place in line; null for now.</param>
    /// <returns>The kind it waited for before, of which an address that was set aside for it is free for the next; null for none.</returns>
    public string? Want(ClaimKey key, AddressAttributes attributes, DateTimeOffset now, DateTimeOffset? createdAt = null)
    {
        string? passedOn = null;
        var hash = attributes.Hash;
        if (_hashOf.TryGetValue(key, out var before))
        {
            if (string.Equals(before, hash, StringComparison.Ordinal))
            {
                return null;
            }

            passedOn = NoLongerWants(key);
        }

        if (!_waiting.TryGetValue(hash, out var waiters))
        {
            _waiting[hash] = waiters = new Waiters(attributes, now, _turns);
            _kinds[hash] = attributes;
        }

        waiters.Keys.Add(key);
        waiters.JoinedAt = now;
        _hashOf[key] = hash;
        _createdAt[key] = createdAt ?? now;
        JoinLine(key, hash);
        return passedOn;
    }

    /// <summary>A claim waits no more.</summary>
    /// <returns>The kind of which an address that was set aside for it is free for the next; null for none.</returns>
    public string? NoLongerWants(ClaimKey key)
    {
        if (!_hashOf.TryGetValue(key, out var hash))
        {
            return null;
        }

        LeaveLine(key, hash);
        _hashOf.Remove(key);
        _createdAt.Remove(key);
        var hadOffer = _offers.Remove(key, out var offered) && _offeredTo.Remove(offered);
        var waiters = _waiting[hash];
        waiters.Keys.Remove(key);
        if (waiters.Keys.Count == 0)
        {
            _waiting.Remove(hash);
        }

        return hadOffer ? hash : null;
    }

    /// <summary>Those who wait for that kind.</summary>
    public IReadOnlyCollection<ClaimKey> WaitersFor(string hash) => _waiting.TryGetValue(hash, out var waiters) ? waiters.Keys : [];

    /// <summary>Why nothing of that kind is bought at present.</summary>
    public ClaimFailure? HoldOn(string hash, DateTimeOffset now) =>
        _held is { } all && all.RetryAt > now ? all
        : _heldKinds.TryGetValue(hash, out var kind) && kind.RetryAt > now ? kind
        : null;

    /// <summary>A read showed an address of that name.</summary>
    public void OnSeen(string id, string? name)
    {
        foreach (var purchase in _open.Values)
        {
            if (string.Equals(purchase.Intent.AddressName, name, StringComparison.Ordinal))
            {
                purchase.Seen.Add(id);
            }
        }
    }

    /// <summary>What keeps a purchase of that kind, sent and not answered, from being cleared up.</summary>
    public ClaimFailure? TroubleOf(string hash) =>
        _open.Values.FirstOrDefault(p => p.Trouble is not null && string.Equals(p.Intent.Attributes.Hash, hash, StringComparison.Ordinal))?.Trouble;

    /// <summary>Decides what to buy now; nothing of it is sent before it is written down.</summary>
    /// <param name="stockOf">How much fresh stock there is of a kind.</param>
    /// <param name="random">Gives a batch id.</param>
    /// <param name="now">The time.</param>
    /// <param name="room">What the account's quotas leave; null for no bound.</param>
    public void Decide(Func<string, int> stockOf, Func<string> random, DateTimeOffset now, Func<QuotaPool, QuotaRoom>? room = null)
    {
        var shares = SharesByPool(stockOf, room, now);
        foreach (var (hash, waiters) in _waiting)
        {
            while (HoldOn(hash, now) is null)
            {
                var share = shares.GetValueOrDefault(waiters.Pool);
                var need = NeedOf(hash, waiters, stockOf) with { Room = share?.GetValueOrDefault(hash) ?? int.MaxValue };
                var count = PurchaseRules.CountNow(need, MostPerCall(now), now);
                if (count == 0)
                {
                    break;
                }

                if (share is not null)
                {
                    share[hash] -= count;
                }

                var intent = new PurchaseIntent(random(), count, waiters.Attributes, now);
                _open[intent.BatchId] = new Purchase(intent, PurchaseStage.Decided);
                waiters.Since = now;
                IsDirty = true;
            }
        }
    }

    /// <summary>When something is to be decided next; null when nothing is. Look-ups are reads: they are not decided here.</summary>
    public DateTimeOffset? NextDue(Func<string, int> stockOf, DateTimeOffset now, Func<QuotaPool, QuotaRoom>? room = null)
    {
        DateTimeOffset? next = null;
        var shares = SharesByPool(stockOf, room, now);
        foreach (var (hash, waiters) in _waiting)
        {
            // What waits for the quota is decided when that is read. A kind that is held has no share, and is due when the hold is over.
            if (NeedOf(hash, waiters, stockOf).Missing > 0
                && (HoldOn(hash, now) is not null || shares.GetValueOrDefault(waiters.Pool) is not { } share || share.GetValueOrDefault(hash) > 0))
            {
                Sooner(HoldOn(hash, now)?.RetryAt ?? Max(PurchaseRules.GatheredAt(waiters.Since, waiters.JoinedAt), now));
            }
        }

        return next;

        void Sooner(DateTimeOffset at) => next = next is null || at < next ? at : next;
    }

    /// <summary>Takes over what a former leader left open: nobody knows what came of it.</summary>
    public void Load(IReadOnlyList<PurchaseIntent> intents, DateTimeOffset now)
    {
        foreach (var intent in intents.Where(i => !_open.ContainsKey(i.BatchId)))
        {
            _open[intent.BatchId] = new Purchase(intent, PurchaseStage.Unclear) { UnclearSince = now, LookAt = now };
        }
    }

    /// <summary>The open purchases were written down.</summary>
    /// <returns>Those that may be sent now.</returns>
    public IReadOnlyList<PurchaseIntent> OnSaved(IReadOnlyList<PurchaseIntent> saved)
    {
        var ready = new List<PurchaseIntent>();
        foreach (var intent in saved)
        {
            if (_open.TryGetValue(intent.BatchId, out var purchase) && purchase.Stage is PurchaseStage.Decided)
            {
                purchase.Stage = PurchaseStage.Sent;
                ready.Add(intent);
            }
        }

        IsDirty = _open.Count != saved.Count || !saved.All(s => _open.ContainsKey(s.BatchId));
        return ready;
    }

    public Purchase? Find(string batchId) => _open.GetValueOrDefault(batchId);

    /// <summary>The purchase is over: bought, refused, or given up.</summary>
    public void Close(string batchId) => IsDirty |= _open.Remove(batchId);

    /// <summary>Bought nothing for lack of quota: smaller next time, and with one left to halve, later.</summary>
    /// <returns>True when a smaller purchase may be tried at once.</returns>
    public bool Halve(int count, DateTimeOffset now)
    {
        if (count <= 1)
        {
            return false;
        }

        _mostPerCall = Math.Max(1, count / 2);
        _halvedAt = now;
        return true;
    }

    /// <summary>Purchases refused in a row before now, for the pace. Those that were under way together count as one.</summary>
    public int FailuresBefore(DateTimeOffset now) => _held is { } held && held.RetryAt > now ? Math.Max(0, _failures - 1) : _failures;

    /// <summary>A purchase went well: nothing holds purchases of its kind any more.</summary>
    public void Succeeded(string hash)
    {
        _held = null;
        _failures = 0;
        _heldKinds.Remove(hash);
    }

    /// <summary>Buys nothing, of any kind, for a while.</summary>
    public void Hold(ClaimFailure failure)
    {
        _held = failure.After(_held);
        _failures = failure.Tries;
    }

    /// <summary>What a claim's status says of a purchase that a former leader tried: it is not tried before then either.</summary>
    public void Restore(string hash, ClaimFailure failure)
    {
        if (failure.Reason is Reasons.InvalidRequest)
        {
            _heldKinds[hash] = failure;
        }
        else if (_held is null || _held.RetryAt < failure.RetryAt)
        {
            _held = failure;
            _failures = failure.Tries;
        }
    }

    /// <summary>The quota has more room than it had: what was held for its sake goes on.</summary>
    public void LiftQuotaHold()
    {
        if (_held is { Reason: Reasons.QuotaExceeded or Reasons.DailyQuotaExceeded })
        {
            _held = null;
        }
    }

    /// <summary>Buys nothing of one kind for a while: the cloud refused its attributes.</summary>
    public void HoldKind(string hash, ClaimFailure failure) => _heldKinds[hash] = failure.After(_heldKinds.GetValueOrDefault(hash));

    /// <summary>How often purchases of that kind were refused in a row.</summary>
    public int FailuresOf(string hash) => _heldKinds.GetValueOrDefault(hash)?.Tries ?? 0;

    /// <summary>A fresh batch id.</summary>
    public static string NewBatchId()
    {
        Span<byte> bytes = stackalloc byte[5];
        System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
        return AddressName.BatchId(bytes);
    }

    private static PurchaseNeed Describe(Waiters waiters, int stock, int unresolved) =>
        new(waiters.Attributes, waiters.Keys.Count, waiters.Since, stock, unresolved) { JoinedAt = waiters.JoinedAt };

    private PurchaseNeed NeedOf(string hash, Waiters waiters, Func<string, int> stockOf) => Describe(
        waiters,
        stockOf(hash),
        UnresolvedOf(hash));

    private int UnresolvedOf(string hash) =>
        _open.Values.Where(p => string.Equals(p.Intent.Attributes.Hash, hash, StringComparison.Ordinal)).Sum(p => p.Unresolved);

    private Dictionary<QuotaPool, Dictionary<string, int>?> SharesByPool(Func<string, int> stockOf, Func<QuotaPool, QuotaRoom>? room, DateTimeOffset now) =>
        room is null ? [] : WaitedFor.ToDictionary(pool => pool, pool => SharesOf(pool, stockOf, room, now));

    // The size that fitted is kept for a while: trying the full size at once would spend a call to learn the same.
    private int MostPerCall(DateTimeOffset now) => now - _halvedAt < HalvedFor ? _mostPerCall : PurchaseRules.MostPerCall;

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private sealed class Waiters(AddressAttributes attributes, DateTimeOffset since, Turns turns)
    {
        public AddressAttributes Attributes { get; } = attributes;

        public QuotaPool Pool { get; } = QuotaPools.Of(attributes);

        /// <summary>Those for whom nothing is set aside.</summary>
        public FairLine Line { get; } = new(turns);

        /// <summary>Those for whom something is.</summary>
        public int Offered => Keys.Count - Line.Count;

        public DateTimeOffset Since { get; set; } = since;

        public DateTimeOffset JoinedAt { get; set; } = since;

        public HashSet<ClaimKey> Keys { get; } = [];
    }
}
