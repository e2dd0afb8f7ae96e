using PodEip.Api.Demands;
using PodEip.Claims.Marks;
using PodEip.Claims.Stock;
using PodEip.Claims.View;
using PodEip.Controller.Addresses;

namespace PodEip.Controller.Reconciling;

/// <content>Reuse: freed addresses that serve again.</content>
public sealed partial class ControllerCore
{
    /// <summary>Freed addresses that have cooled down are stock from now on.</summary>
    private void Ripen(DateTimeOffset now)
    {
        if (_settings.Reuse is not { } reuse)
        {
            return;
        }

        foreach (var entry in _book.OwnUnheld.Where(e => !e.IsRipe && now - e.FreeSince >= reuse.Cooldown && MayServeAgain(e)).ToList())
        {
            _book.Change(entry, e => e.IsRipe = true);
            Deal(entry.IndexedStock);
        }
    }

    /// <summary>It had a user, and is still what it was bought as. What can't be bound, or would vanish when unbound, isn't handed on.</summary>
    private bool MayServeAgain(AddressEntry entry) =>
        _settings.Reuse is not null
        && entry is { IsOwn: true, Holder: null, Write: null, MayYetBind: false, State: AddressState.Unbound, Observed: { IsArrears: false, IsBlocked: false, CascadeRelease: false } observed }
        && (entry.MayHaveBeenUsed || entry.IsRipe)
        && (entry.PurchaseHash ?? AddressName.FreedHash(entry.Name)) is { } hash
        && !string.Equals(observed.InternetChargeType, AddressAttributes.PrepaidChargeType, StringComparison.Ordinal)
        && _mark.IsOn(observed.Tags)
        && Fits(entry, _purchases.KindOf(hash));

    /// <summary>Its bandwidth is the one it was bought with; that is only known while somebody wants, or wanted, this kind.</summary>
    private static bool Fits(AddressEntry entry, AddressAttributes? kind) =>
        kind?.BandwidthMbps is not { } bandwidth || entry.Observed?.BandwidthMbps is not { } present || present == bandwidth;

    /// <summary>How long after it was freed it is looked at next.</summary>
    private TimeSpan NextOfFreed(StockAddress stock, DateTimeOffset now) =>
        now - stock.Since < _settings.Reuse!.Cooldown ? _settings.Reuse.Cooldown : _settings.Reuse.LongestIdle;

    /// <summary>
    /// How many addresses must be given back so that what claims wait for can be bought: only where the number held is what
    /// forbids it, and less those that are on their way out.
    /// </summary>
    private Dictionary<QuotaPool, int> RoomToMake(DateTimeOffset now) => _settings.Reuse is null ? [] : _purchases.WaitedFor
        .Where(pool => _quota.Room(pool).IsHeldFull && _quota.IsExact(pool))
        .ToDictionary(pool => pool, pool =>
            _purchases.MissingIn(pool, _book.FreshStockCount, now) - _quota.FreedSince
            - _book.OwnUnheld.Count(e => e.Write is { Kind: WriteKind.Release } || e.Observed?.Status is Cloud.Addresses.AddressStatus.Offlining));
}
