using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Stock;

namespace PodEip.Controller.Addresses;

/// <content>Who is next: free addresses are set aside for waiting claims in the order of <see cref="FairLine"/>.</content>
internal sealed partial class PurchaseBook
{
    private readonly Turns _turns;
    private readonly FairLine _line;
    private readonly Dictionary<ClaimKey, DateTimeOffset> _createdAt = [];
    private readonly Dictionary<ClaimKey, string> _offers = [];
    private readonly Dictionary<string, AddressAttributes> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClaimKey> _offeredTo = new(StringComparer.Ordinal);

    public PurchaseBook()
    {
        _turns = new Turns();
        _line = new FairLine(_turns);
    }

    /// <summary>The address set aside for a claim; null for none.</summary>
    public string? OfferOf(ClaimKey key) => _offers.GetValueOrDefault(key);

    /// <summary>The claim an address is set aside for; null for none.</summary>
    public ClaimKey? OfferedTo(string addressId) => _offeredTo.TryGetValue(addressId, out var key) ? key : null;

    /// <summary>Whose turn it is among those who wait for that kind and have nothing set aside.</summary>
    public ClaimKey? NextFor(string hash) => _waiting.TryGetValue(hash, out var waiters) ? waiters.Line.First : null;

    /// <summary>Sets an address aside for the claim whose turn it is.</summary>
    public void Offer(ClaimKey key, string addressId)
    {
        LeaveLine(key, _hashOf[key]);
        _offers[key] = addressId;
        _offeredTo[addressId] = key;
        _turns.Take(key.Namespace);
    }

    /// <summary>What was set aside is not to be had after all: the claim is in line again.</summary>
    public void Revoke(string addressId)
    {
        if (_offeredTo.Remove(addressId, out var key))
        {
            _offers.Remove(key);
            if (_hashOf.TryGetValue(key, out var hash))
            {
                JoinLine(key, hash);
            }
        }
    }

    /// <summary>What a kind is, if a claim has waited for it since this process began.</summary>
    public AddressAttributes? KindOf(string hash) => _kinds.GetValueOrDefault(hash);

    /// <summary>A claim was served without having waited.</summary>
    public void TookTurn(ClaimKey key) => _turns.Take(key.Namespace);

    /// <summary>True while fewer may be bought from the pool than claims in line need.</summary>
    public bool IsScarce(QuotaPool pool, Func<string, int> stockOf, Func<QuotaPool, QuotaRoom> room) =>
        room(pool).Left is var left and < int.MaxValue && MissingIn(pool, stockOf, now: null) > left - UnresolvedIn(pool);

    /// <summary>Claims in line for a pool.</summary>
    public IReadOnlyList<ClaimKey> InLineFor(QuotaPool pool) =>
        [.. _waiting.Values.Where(w => w.Pool == pool).SelectMany(w => w.Keys)];

    /// <summary>Pools that claims wait for.</summary>
    public IEnumerable<QuotaPool> WaitedFor => _waiting.Values.Select(w => w.Pool).Distinct();

    /// <summary>How many addresses claims lack for which nothing is free, being bought, or held back by the cloud's own refusal.</summary>
    public int MissingIn(QuotaPool pool, Func<string, int> stockOf, DateTimeOffset? now) =>
        _waiting.Where(w => w.Value.Pool == pool && (now is not { } at || HoldOn(w.Key, at) is null)).Sum(w => NeedOf(w.Key, w.Value, stockOf).Missing);

    /// <summary>What each kind may buy; a kind that is missing in it, none. Null where there is enough for all.</summary>
    private Dictionary<string, int>? SharesOf(QuotaPool pool, Func<string, int> stockOf, Func<QuotaPool, QuotaRoom> room, DateTimeOffset now)
    {
        if (room(pool).Left is var left && (left == int.MaxValue || MissingIn(pool, stockOf, now) <= left - UnresolvedIn(pool)))
        {
            return null;
        }

        var onItsWay = _waiting.Where(w => w.Value.Pool == pool).ToDictionary(
            w => w.Key, w => UnresolvedOf(w.Key) + Math.Max(0, stockOf(w.Key) - w.Value.Offered), StringComparer.Ordinal);
        return new Dictionary<string, int>(
            FairPurchases.Share(
                _line.InOrder(), key => _hashOf[key] is var hash && _waiting[hash].Pool == pool && HoldOn(hash, now) is null ? hash : null,
                onItsWay, left - UnresolvedIn(pool)),
            StringComparer.Ordinal);
    }

    private int UnresolvedIn(QuotaPool pool) => _open.Values.Where(p => QuotaPools.Of(p.Intent.Attributes) == pool).Sum(p => p.Unresolved);

    private void JoinLine(ClaimKey key, string hash)
    {
        var createdAt = _createdAt.GetValueOrDefault(key);
        _waiting[hash].Line.Add(key, createdAt);
        _line.Add(key, createdAt);
    }

    private void LeaveLine(ClaimKey key, string hash)
    {
        _waiting[hash].Line.Remove(key);
        _line.Remove(key);
    }
}
