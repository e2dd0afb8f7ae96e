using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Marks;
using PodEip.Claims.Stock;
using PodEip.Claims.View;

namespace PodEip.Controller.Addresses;

/// <summary>
/// Who waits for an address to be bought, what is being bought, and why nothing is. Not thread-safe: the core's lock guards it.
/// </summary>
internal sealed class PurchaseBook
{
    private static readonly TimeSpan HalvedFor = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Waiters> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<ClaimKey, string> _hashOf = [];
    private readonly Dictionary<string, Purchase> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClaimFailure> _heldKinds = new(StringComparer.Ordinal);
    private ClaimFailure? _held;
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
    public void Want(ClaimKey key, AddressAttributes attributes, DateTimeOffset now)
    {
        var hash = attributes.Hash;
        if (_hashOf.TryGetValue(key, out var before))
        {
            if (string.Equals(before, hash, StringComparison.Ordinal))
            {
                return;
            }

            NoLongerWants(key);
        }

        if (!_waiting.TryGetValue(hash, out var waiters))
        {
            _waiting[hash] = waiters = new Waiters(attributes, now);
        }

        waiters.Keys.Add(key);
        _hashOf[key] = hash;
    }

    /// <summary>A claim waits no more.</summary>
    public void NoLongerWants(ClaimKey key)
    {
        if (_hashOf.Remove(key, out var hash))
        {
            var waiters = _waiting[hash];
            waiters.Keys.Remove(key);
            if (waiters.Keys.Count == 0)
            {
                _waiting.Remove(hash);
            }
        }
    }

    /// <summary>Those who wait for that kind.</summary>
    public IReadOnlyCollection<ClaimKey> WaitersFor(string hash) => _waiting.TryGetValue(hash, out var waiters) ? waiters.Keys : [];

    /// <summary>Why nothing of that kind is bought at present.</summary>
    public ClaimFailure? HoldOn(string hash, DateTimeOffset now) =>
        _held is { } all && all.RetryAt > now ? all
        : _heldKinds.TryGetValue(hash, out var kind) && kind.RetryAt > now ? kind
        : null;

    /// <summary>Decides what to buy now; nothing of it is sent before it is written down.</summary>
    /// <param name="stockOf">How much fresh stock there is of a kind.</param>
    /// <param name="random">Gives a batch id.</param>
    /// <param name="now">The time.</param>
    public void Decide(Func<string, int> stockOf, Func<string> random, DateTimeOffset now)
    {
        foreach (var (hash, waiters) in _waiting)
        {
            while (HoldOn(hash, now) is null)
            {
                var count = PurchaseRules.CountNow(NeedOf(hash, waiters, stockOf), MostPerCall(now), now);
                if (count == 0)
                {
                    break;
                }

                var intent = new PurchaseIntent(random(), count, waiters.Attributes, now);
                _open[intent.BatchId] = new Purchase(intent, PurchaseStage.Decided);
                IsDirty = true;
            }
        }
    }

    /// <summary>When something is to be decided next; null when nothing is. Look-ups are reads: they are not decided here.</summary>
    public DateTimeOffset? NextDue(Func<string, int> stockOf, DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var (hash, waiters) in _waiting)
        {
            if (NeedOf(hash, waiters, stockOf).Missing > 0)
            {
                Sooner(HoldOn(hash, now)?.RetryAt ?? Max(waiters.Since + PurchaseRules.Gather, now));
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

    /// <summary>A purchase went well: nothing holds purchases of its kind any more.</summary>
    public void Succeeded(string hash)
    {
        _held = null;
        _heldKinds.Remove(hash);
    }

    /// <summary>Buys nothing, of any kind, for a while.</summary>
    public void Hold(ClaimFailure failure) => _held = failure;

    /// <summary>Buys nothing of one kind for a while: the cloud refused its attributes.</summary>
    public void HoldKind(string hash, ClaimFailure failure) => _heldKinds[hash] = failure;

    /// <summary>A fresh batch id.</summary>
    public static string NewBatchId()
    {
        Span<byte> bytes = stackalloc byte[5];
        System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
        return AddressName.BatchId(bytes);
    }

    private static PurchaseNeed Describe(Waiters waiters, int stock, int unresolved) =>
        new(waiters.Attributes, waiters.Keys.Count, waiters.Since, stock, unresolved);

    private PurchaseNeed NeedOf(string hash, Waiters waiters, Func<string, int> stockOf) => Describe(
        waiters,
        stockOf(hash),
        _open.Values.Where(p => string.Equals(p.Intent.Attributes.Hash, hash, StringComparison.Ordinal)).Sum(p => p.Unresolved));

    // The size that fitted is kept for a while: trying the full size at once would spend a call to learn the same.
    private int MostPerCall(DateTimeOffset now) => now - _halvedAt < HalvedFor ? _mostPerCall : PurchaseRules.MostPerCall;

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private sealed class Waiters(AddressAttributes attributes, DateTimeOffset since)
    {
        public AddressAttributes Attributes { get; } = attributes;

        public DateTimeOffset Since { get; } = since;

        /// <summary>In the order they came.</summary>
        public List<ClaimKey> Keys { get; } = [];
    }
}
