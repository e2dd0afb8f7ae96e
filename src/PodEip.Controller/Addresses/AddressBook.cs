using PodEip.Api;
using PodEip.Claims.Marks;
using PodEip.Claims.View;
using PodEip.Cloud.Addresses;

namespace PodEip.Controller.Addresses;

/// <summary>
/// One cached picture of the cloud's addresses: what was last read, corrected by what was sent since. Not seen is not
/// gone (I8): an absence counts only by id, twice, and late enough. Not thread-safe: the core's lock guards it.
/// </summary>
internal sealed class AddressBook(ClusterMark mark, BookSettings settings)
{
    private static readonly TimeSpan AbsenceRecheck = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, AddressEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AddressEntry> _byPrivateIp = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AddressEntry> _fixedByName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _stockByHash = new(StringComparer.Ordinal);
    private readonly HashSet<AddressEntry> _toRead = [];
    private readonly HashSet<AddressEntry> _unheld = [];
    private long _order;

    /// <summary>Called when anything a planner could see of an address has changed.</summary>
    public Action<AddressEntry, AddressView> Changed { get; set; } = (_, _) => { };

    /// <summary>Called when a private IP carries an address no more, nor is about to.</summary>
    public Action<AddressEntry, string> PrivateIpFreed { get; set; } = (_, _) => { };

    /// <summary>Asked before an address that a claim holds counts as gone: most of them missing at once is no news.</summary>
    public Func<bool> IsDoubtful { get; set; } = () => false;

    public IReadOnlyCollection<AddressEntry> Entries => _entries.Values;

    /// <summary>Own addresses that no claim holds.</summary>
    public IReadOnlyCollection<AddressEntry> OwnUnheld => _unheld;

    /// <summary>A new place in the order of reads and writes.</summary>
    public long NextOrder() => ++_order;

    public AddressEntry? Find(string id) => _entries.GetValueOrDefault(id);

    /// <summary>The entry of an id, made when it is new: known by name only, and to be read.</summary>
    public AddressEntry Ensure(string id, DateTimeOffset now)
    {
        if (!_entries.TryGetValue(id, out var entry))
        {
            _entries[id] = entry = new AddressEntry(id) { FreeSince = now };
        }

        return entry;
    }

    /// <summary>What a private IP carries, or is about to.</summary>
    public AddressEntry? CarriedBy(string privateIp) => _byPrivateIp.GetValueOrDefault(privateIp);

    /// <summary>The own address marked fixed for a claim.</summary>
    public AddressEntry? FixedFor(ClaimKey key) => _fixedByName.GetValueOrDefault(AddressName.OfFixed(key));

    /// <summary>True when it may be given back: it is kept for nobody. A second one with the mark of a claim that holds another is.</summary>
    public bool IsKeptForNobody(AddressEntry entry) =>
        !AddressName.IsFixed(entry.Name)
        || (_fixedByName.TryGetValue(entry.Name!, out var held) && !ReferenceEquals(held, entry) && held is { Holder: not null, State: AddressState.Bound or AddressState.Unbound });

    /// <summary>A fresh address of that kind which nobody has.</summary>
    public AddressEntry? FreshStock(string hash) => FreshStock(hash, static _ => true);

    /// <summary>A fresh address of that kind which nobody has, and which may be had.</summary>
    public AddressEntry? FreshStock(string hash, Func<string, bool> mayBeHad) =>
        _stockByHash.TryGetValue(hash, out var ids) && ids.FirstOrDefault(mayBeHad) is { } id ? _entries[id] : null;

    /// <summary>How many fresh addresses of that kind nobody has.</summary>
    public int FreshStockCount(string hash) => _stockByHash.TryGetValue(hash, out var ids) ? ids.Count : 0;

    /// <summary>Changes an entry and tells whoever it concerns.</summary>
    public void Change(AddressEntry entry, Action<AddressEntry> change)
    {
        var before = entry.ToView();
        change(entry);
        Index(entry);
        if (entry.ToView() != before)
        {
            Changed(entry, before);
        }
    }

    /// <summary>Asks for a read of an address, no sooner than <paramref name="at"/>.</summary>
    public void WantRead(AddressEntry entry, DateTimeOffset at)
    {
        entry.NextReadAt = entry.NextReadAt is { } planned && planned < at ? planned : at;
        _toRead.Add(entry);
    }

    /// <summary>Ids to read now.</summary>
    public IReadOnlyList<string> DueReads(DateTimeOffset now)
    {
        // Those due within a moment come along: one call carries a hundred.
        var horizon = now + settings.PollInterval / 4;
        return [.. _toRead.Where(e => e.NextReadAt <= horizon).OrderBy(e => e.NextReadAt).Take(settings.MostPerRead).Select(e => e.Id)];
    }

    /// <summary>When the next read by id is due; null when none is.</summary>
    public DateTimeOffset? NextDue => _toRead.Count == 0 ? null : _toRead.Min(e => e.NextReadAt);

    /// <summary>The reads of these ids are under way.</summary>
    public void OnReadBegun(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            if (_entries.TryGetValue(id, out var entry))
            {
                entry.NextReadAt = null;
                _toRead.Remove(entry);
            }
        }
    }

    /// <summary>A read showed an address.</summary>
    /// <param name="read">What it showed.</param>
    /// <param name="order">Place in the order at which the read was begun.</param>
    /// <param name="begunAt">When it was begun.</param>
    /// <param name="now">The time.</param>
    public void OnRead(Address read, long order, DateTimeOffset begunAt, DateTimeOffset now)
    {
        var entry = Ensure(read.Id, now);
        if (order < entry.LastWriteOrder || order < entry.ObservedOrder || IsLate(entry, read, begunAt))
        {
            Again(entry, now);
            return;
        }

        Change(entry, e =>
        {
            e.AbsentSince = null;
            e.IsGone = false;
            e.ReadDue = false;
            e.TrustReadsFrom = e.TrustReadsFrom is { } from && begunAt >= from ? null : e.TrustReadsFrom;
            e.Observed = read;
            e.ObservedOrder = order;
            e.ObservedAt = begunAt;
            ReadTags(e, read, now);
            if (e.Renamed is { } renamed && (string.Equals(renamed.Name, read.Name, StringComparison.Ordinal) || now - renamed.At > settings.ReadLag))
            {
                e.Renamed = null;
            }

            if (e.Resized is { } resized && begunAt - resized.At > settings.ReadLag)
            {
                e.Resized = null;
            }

            // The cloud refused to unbind it, and long enough after that it reads as unbound: an Associate that was never
            // answered did not take effect. Any sooner, the refusal may mean that it is just being bound.
            if (e is { MayYetBind: true, Write: null, UnbindRefusedAt: { } refused } && begunAt - refused >= settings.ReadLag && read.Status is AddressStatus.Unbound)
            {
                e.MayYetBind = false;
                e.UnbindRefusedAt = null;
            }

            Confirm(e, read, begunAt, now);
            e.MayHaveBeenBound |= read.Status is AddressStatus.Bound;
            e.BoundSince = read.Status is AddressStatus.Bound ? e.BoundSince ?? begunAt : null;
        });
        if (entry.TrustReadsFrom is { } trusted)
        {
            WantRead(entry, trusted);
        }
        else if (entry.IsMoving || entry.ReadDue)
        {
            Again(entry, now);
        }
    }

    /// <summary>A read by id did not find an address.</summary>
    public void OnAbsent(string id, long order, DateTimeOffset now)
    {
        if (Find(id) is not { IsGone: false } entry)
        {
            return;
        }

        if (order < entry.LastWriteOrder)
        {
            Again(entry, now);
            return;
        }

        var released = entry.Write is { Kind: WriteKind.Release, AnsweredAt: not null };
        var mayBeNew = entry.BoughtAt is { } bought && now - bought < settings.ReadLag;
        if (entry.AbsentSince is null)
        {
            Change(entry, e => e.AbsentSince = now);
        }

        if (entry.Holder is not null && !released && IsDoubtful())
        {
            WantRead(entry, now + AbsenceRecheck * 6);
            return;
        }

        if (released || (!mayBeNew && entry.Write is null or { AnsweredAt: not null } && now - entry.AbsentSince!.Value >= settings.ReadLag))
        {
            Change(entry, e =>
            {
                e.IsGone = true;
                e.Observed = null;
                e.Write = null;
                e.ReadDue = false;
                e.TrustReadsFrom = null;
                e.MayYetBind = false;
            });
            // One that a list names and that does not exist is remembered as such: who waits for it is told so.
            if (entry is { Holder: null, IsOwn: true })
            {
                Forget(entry);
            }

            return;
        }

        WantRead(entry, now + AbsenceRecheck);
    }

    /// <summary>Drops an entry that nobody refers to and that is gone.</summary>
    public void Forget(AddressEntry entry)
    {
        entry.Holder = null;
        entry.IsGone = true;
        Index(entry);
        _toRead.Remove(entry);
        _entries.Remove(entry.Id);
    }

    /// <summary>Within the lag after a confirmed write, a read that shows another state shows the past.</summary>
    private bool IsLate(AddressEntry entry, Address read, DateTimeOffset begunAt) =>
        entry is { SettledAt: { } settled, Observed: { } observed, Write: null }
        && begunAt - settled < settings.ReadLag
        && (read.Status != observed.Status || read.Target != observed.Target);

    private void ReadTags(AddressEntry entry, Address read, DateTimeOffset now)
    {
        var isTagged = mark.IsOn(read.Tags);
        entry.HasForeignTag = !isTagged && ClusterMark.IsManaged(read.Tags);

        // What was just bought may show its tags a little later; what another cluster has tagged is its own.
        entry.ReadsUntagged = !isTagged && !entry.HasForeignTag && !(entry.BoughtAt is { } bought && now - bought <= settings.PollInterval * 5);
        entry.WasTagged |= isTagged;
        entry.IsOwn = isTagged || (entry is { IsOwn: true, BoughtAt: not null, HasForeignTag: false });
        entry.IsKnownOwn = !entry.HasForeignTag && (entry.IsKnownOwn || entry.BoughtAt is not null);
        entry.Namespaces = NamespaceTag.Of(read.Tags);
    }

    private void Again(AddressEntry entry, DateTimeOffset now)
    {
        // Often at first, then less: a task that takes long takes longer still.
        entry.ReadsSinceWrite++;
        WantRead(entry, now + settings.PollInterval * Math.Min(5, 1 + entry.ReadsSinceWrite / 3));
    }

    private void Confirm(AddressEntry entry, Address read, DateTimeOffset begunAt, DateTimeOffset now)
    {
        if (entry.Write is not { AnsweredAt: { } answered } write)
        {
            return;
        }

        var done = write.Kind switch
        {
            WriteKind.Associate => read.Status is AddressStatus.Bound,
            WriteKind.Disassociate => read.Status is AddressStatus.Unbound && ShowsThePresent(entry, write, begunAt),
            WriteKind.Rename => true,
            WriteKind.Resize => read.BandwidthMbps == write.BandwidthMbps && read.Status is AddressStatus.Bound or AddressStatus.Unbound,
            _ => false,
        };

        // What the lag does not explain is a task that failed: the planner starts over from what is.
        var failed = begunAt - answered > settings.ReadLag && read.Status is AddressStatus.Bound or AddressStatus.Unbound;
        if (!done && !failed)
        {
            return;
        }

        entry.Write = null;
        entry.ReadsSinceWrite = 0;
        if (write.Kind is WriteKind.Resize)
        {
            // Where it is bound did not change, so a read that shows another place is no late one.
            entry.Resized = done ? (write.BandwidthMbps!.Value, now) : null;
            return;
        }

        entry.SettledAt = done ? now : null;
        if (done && write.Kind is WriteKind.Associate or WriteKind.Disassociate)
        {
            entry.MayYetBind = false;
        }
    }

    /// <summary>
    /// An unbinding nobody confirmed, and a read that shows the address free: that may be how it was before it was bound. It
    /// is the present when the address had been bound for longer than reads are late, or the read came later than that.
    /// </summary>
    private bool ShowsThePresent(AddressEntry entry, PendingWrite write, DateTimeOffset begunAt) =>
        !write.IsUnclear
        || begunAt - write.AnsweredAt >= settings.ReadLag
        || (entry.BoundSince is { } since && begunAt - since >= settings.ReadLag);

    private void Index(AddressEntry entry)
    {
        var ip = entry.IsGone ? null : entry.Target?.PrivateIp;
        if (!string.Equals(ip, entry.IndexedIp, StringComparison.Ordinal))
        {
            var old = entry.IndexedIp;
            entry.IndexedIp = ip;
            if (old is not null && _byPrivateIp.TryGetValue(old, out var at) && ReferenceEquals(at, entry))
            {
                _byPrivateIp.Remove(old);
                PrivateIpFreed(entry, old);
            }

            if (ip is not null)
            {
                _byPrivateIp[ip] = entry;
            }
        }

        IndexName(entry);

        if (entry is { IsGone: false, IsOwn: true, Holder: null })
        {
            _unheld.Add(entry);
        }
        else
        {
            _unheld.Remove(entry);
        }

        var stock = IsFreshStock(entry) ? entry.StockHash : null;
        if (!string.Equals(stock, entry.IndexedStock, StringComparison.Ordinal))
        {
            if (entry.IndexedStock is { } old)
            {
                _stockByHash[old].Remove(entry.Id);
            }

            entry.IndexedStock = stock;
            if (stock is not null)
            {
                if (!_stockByHash.TryGetValue(stock, out var ids))
                {
                    _stockByHash[stock] = ids = new SortedSet<string>(StringComparer.Ordinal);
                }

                ids.Add(entry.Id);
            }
        }
    }

    /// <summary>An address may carry the mark of a claim that has another: a rename whose answer was lost, before a crash. The held one counts.</summary>
    private void IndexName(AddressEntry entry)
    {
        var name = !entry.IsGone && entry.IsOwn && AddressName.IsFixed(entry.Name) ? entry.Name : null;
        if (entry.IndexedName is { } old && !string.Equals(old, name, StringComparison.Ordinal)
            && _fixedByName.TryGetValue(old, out var at) && ReferenceEquals(at, entry))
        {
            _fixedByName.Remove(old);
            if (_entries.Values.FirstOrDefault(e => !ReferenceEquals(e, entry) && string.Equals(e.IndexedName, old, StringComparison.Ordinal)) is { } twin)
            {
                _fixedByName[old] = twin;
            }
        }

        entry.IndexedName = name;
        if (name is not null && (entry.Holder is not null || !_fixedByName.TryGetValue(name, out var known) || known.Holder is null))
        {
            _fixedByName[name] = entry;
        }
    }

    private bool IsFreshStock(AddressEntry entry) =>
        entry is { IsGone: false, IsOwn: true, Holder: null, MayYetBind: false, Write: null, Observed: { IsArrears: false, IsBlocked: false, CascadeRelease: false } observed }
        && observed.Status is AddressStatus.Creating or AddressStatus.Unbound
        && (entry.IsRipe || !(settings.Reuses ? entry.MayHaveBeenUsed : entry.WasUsed))
        && !AddressName.IsFixed(entry.Name);
}
