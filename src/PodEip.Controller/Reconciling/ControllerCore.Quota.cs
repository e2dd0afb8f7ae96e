using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Stock;
using PodEip.Claims.View;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;

namespace PodEip.Controller.Reconciling;

/// <content>The account's quotas, and whose turn it is when addresses are short.</content>
public sealed partial class ControllerCore
{
    /// <summary>How long purchases wait for the first read of the quotas.</summary>
    private static readonly TimeSpan QuotaPatience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan QuotaRetry = TimeSpan.FromSeconds(30);

    private readonly QuotaBook _quota;
    private readonly HashSet<QuotaPool> _saidFull = [];

    /// <summary>The account's quotas as last read; empty while they can't be read.</summary>
    public IReadOnlyList<AddressQuota> Quotas => _quota.Lines;

    private void OnQuotaAnswer(CallResult? result, CloudException? error, DateTimeOffset now)
    {
        if (result is null)
        {
            var isDenied = error!.ErrorClass is CloudErrorClass.Permission or CloudErrorClass.Credentials;
            _quota.OnFailed(now + (isDenied ? Longer(_settings.PermissionRetry, QuotaRetry) : QuotaRetry), isDenied);
            return;
        }

        if (_quota.OnRead(result.Quotas, _purchases.WaitedFor.Any(), now).Count > 0)
        {
            _purchases.LiftQuotaHold();
        }

        foreach (var pool in Enum.GetValues<QuotaPool>().Where(pool => !_quota.Room(pool).IsFull))
        {
            _saidFull.Remove(pool);
        }
    }

    /// <summary>An address was given back: there may be room.</summary>
    private void OnFreed(DateTimeOffset now)
    {
        _quota.OnFreed();
        if (_purchases.WaitedFor.Any(pool => _purchases.IsScarce(pool, _book.FreshStockCount, _quota.Room)) && _quota.WantSoon(now))
        {
            Stir();
        }
    }

    /// <summary>Tells those in line once that a quota is used up; reads it anew while that is only reckoned.</summary>
    private void LookAtQuota(DateTimeOffset now)
    {
        foreach (var pool in _purchases.WaitedFor.Where(pool => _quota.Room(pool).IsFull))
        {
            if (!_quota.IsExact(pool))
            {
                if (_quota.WantSoon(now))
                {
                    Stir();
                }
            }
            else if (_saidFull.Add(pool))
            {
                foreach (var key in _purchases.InLineFor(pool))
                {
                    Enqueue(key, false);
                }
            }
        }
    }

    /// <summary>Why nothing is bought at present for a claim.</summary>
    private ClaimFailure? PurchaseHold(EipClaim? claim, DateTimeOffset now)
    {
        if (claim?.Spec.Attributes is not { } attributes)
        {
            return null;
        }

        if ((_purchases.HoldOn(attributes.Hash, now) ?? _purchases.TroubleOf(attributes.Hash)) is { } hold)
        {
            return hold;
        }

        var pool = QuotaPools.Of(attributes);
        if (_quota.Room(pool) is { IsFull: true } room && _quota.IsExact(pool))
        {
            var (reason, message) = room.Explain();
            return new ClaimFailure(reason, message, _quota.NextRead, EventReasons.FailedAllocateEIP);
        }

        return ThrottleOf(CloudAction.AllocateAddresses, now);
    }

    private bool WaitsItsTurn(EipClaim claim) =>
        claim.Spec.Attributes is { } attributes && _purchases.IsScarce(QuotaPools.Of(attributes), _book.FreshStockCount, _quota.Room);

    /// <summary>What a claim that wants a bought address may take: what is set aside for it, or what nobody waits for.</summary>
    private AddressEntry? SetAside(ClaimKey key, AddressAttributes attributes)
    {
        var hash = attributes.Hash;
        if (_purchases.OfferOf(key) is { } offered)
        {
            if (_book.Find(offered) is { Holder: null } entry && string.Equals(entry.IndexedStock, hash, StringComparison.Ordinal))
            {
                return entry;
            }

            _purchases.Revoke(offered);
        }

        return _purchases.NextFor(hash) is null ? Free(hash, attributes) : null;
    }

    /// <summary>Sets free addresses of a kind aside for those whose turn it is.</summary>
    private void Deal(string? hash)
    {
        if (hash is null)
        {
            return;
        }

        while (_purchases.NextFor(hash) is { } next && Free(hash, _purchases.KindOf(hash)) is { } free)
        {
            _purchases.Offer(next, free.Id);
            Enqueue(next, false);
        }
    }

    private AddressEntry? Free(string hash, AddressAttributes? kind) =>
        _book.FreshStock(hash, id => _purchases.OfferedTo(id) is null && (_book.Find(id) is not { IsRipe: true } ripe || Fits(ripe, kind)));

    private void NoLongerWants(ClaimKey key) => Deal(_purchases.NoLongerWants(key));

    private void OnOfferedChanged(AddressEntry entry)
    {
        if (_purchases.OfferedTo(entry.Id) is not { } next)
        {
            return;
        }

        if (entry.IndexedStock is null)
        {
            _purchases.Revoke(entry.Id);
            Deal(_claims.Find(next)?.Spec.Attributes?.Hash);
        }

        Enqueue(next, false);
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
