using PodEip.Api;
using PodEip.Claims.Marks;
using PodEip.Claims.Planning;
using PodEip.Claims.Stock;
using PodEip.Claims.View;
using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Controller.Addresses;

namespace PodEip.Controller.Reconciling;

/// <content>
/// The sweep: whatever would be destroyed and was not freed by this very process. It is bounded by a budget, and halts when claims
/// have all but vanished or the cloud looks like another one.
/// </content>
public sealed partial class ControllerCore
{
    private static readonly TimeSpan CensusPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HeldBackPause = TimeSpan.FromSeconds(30);

    private readonly HashSet<string> _heldBack = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _instanceOf = new(StringComparer.Ordinal);
    private readonly HashSet<string> _strays = new(StringComparer.Ordinal);
    private readonly SweepBudget _budget;
    private int? _recordedHolders;
    private int _endedSinceRecord;
    private (int Holders, int Ended) _census;
    private DateTimeOffset _recordedAt = DateTimeOffset.MinValue;
    private bool _recordIsLoaded;
    private bool _budgetWasSpent;
    private DateTimeOffset? _mostMissingSince;

    /// <summary>Claims have all but vanished since the last look: the sweep destroys nothing.</summary>
    public bool SweepIsHalted { get; private set; }

    /// <summary>Addresses that the sweep would give back, and that wait for its budget, its mode, or the end of a halt.</summary>
    public int SweepWaits => _heldBack.Count;

    /// <summary>Most addresses that claims name are missing at once.</summary>
    public bool CloudLooksWrong { get; private set; }

    /// <summary>What a former leader recorded, or what an operator left of it.</summary>
    public void OnRecordLoaded(int? holders)
    {
        _recordIsLoaded = true;
        _recordedHolders = holders;
        _endedSinceRecord = 0;
        Stir();
    }

    /// <summary>Counts the claims that have an address.</summary>
    /// <returns>What is to be recorded; null when it is recorded already, or is not to be believed.</returns>
    public int? TakeCensus()
    {
        if (!BookIsComplete || !_recordIsLoaded)
        {
            return null;
        }

        var now = Now;
        var holders = _ledger.Count;
        var expected = Math.Max(0, (_recordedHolders ?? 0) - _endedSinceRecord);
        var halted = SweepRules.HaveVanished(expected, holders, SweepIsHalted);
        if (halted != SweepIsHalted)
        {
            SweepIsHalted = halted;
            _occurrences.Add(new Occurrence.SweepHalted(halted, expected, holders));
        }

        // A great fall is recorded at once: after a restart it must not look like a loss.
        if (halted || holders == _recordedHolders || (now - _recordedAt < CensusPause && holders * 2 >= _recordedHolders))
        {
            return null;
        }

        _recordedAt = now;
        _census = (holders, _endedSinceRecord);
        return holders;
    }

    /// <summary>The count is recorded.</summary>
    public void OnCensusSaved()
    {
        _recordedHolders = _census.Holders;
        _endedSinceRecord -= _census.Ended;
    }

    /// <summary>Own addresses that are bound though no claim says so, and may be unbound if nobody is served there.</summary>
    public IReadOnlyList<SweptBinding> PickUnclaimed()
    {
        var now = Now;
        if (!BookIsComplete)
        {
            return [];
        }

        var due = new List<SweptBinding>();
        foreach (var entry in Unclaimed().Where(e => e.Observed is not null))
        {
            entry.UnclaimedSince = entry.State is AddressState.Bound ? entry.UnclaimedSince ?? now : entry.Write is null ? null : entry.UnclaimedSince;
            if (entry is { State: AddressState.Bound, UnclaimedSince: { } since, Target: { } target, UnclaimedNotBefore: var notBefore }
                && now - since >= _settings.SweepGrace && notBefore <= now && MaySweep
                && !(entry.Observed!.CascadeRelease && AddressName.IsFixed(entry.Name))
                && due.Count < _budget.Left(now) && IsReadAfresh(entry, AddressState.Bound, now) && InstanceOf(entry, target, now) is { } instance)
            {
                due.Add(new SweptBinding(entry.Id, target, instance));
            }
        }

        return due;
    }

    /// <summary>Unbinds what nobody claims: the caller has made sure that its machine is a Node, and that nobody is served there.</summary>
    /// <param name="binding">Where it is bound.</param>
    /// <param name="pods">Pods that were found there by an uncached read and ask for an address.</param>
    public void Unclaim(SweptBinding binding, IReadOnlyList<ClaimKey> pods)
    {
        var here = pods.Concat(_pods.All.Where(p => p is { HasEnded: false } && string.Equals(p.PrivateIp, binding.Target.PrivateIp, StringComparison.Ordinal)).Select(p => p.Key));
        if (here.Any(MayTakeOver))
        {
            LeaveUnclaimed(binding, "a Pod there asks for an address and may take it over");
            return;
        }

        if (MaySweep && _book.Find(binding.AddressId) is { IsOwn: true, State: AddressState.Bound } entry && (entry.Holder is null || IsStray(entry)) && entry.Target == binding.Target
            && _budget.Left(Now) > 0)
        {
            _budget.Spend(Now);
            entry.SweepIsPaid = true;
            entry.WasUsed = true;
            Begin(entry.Id, new PendingWrite(WriteKind.Disassociate));
            Send(new QueuedCall.Unclaim(entry.Id));
            _occurrences.Add(new Occurrence.Unclaimed(entry.Id, binding.Target.PrivateIp));
        }
    }

    /// <summary>A claim without an address may be given what its Pod carries; one that has, or names, another is only kept from it.</summary>
    private bool MayTakeOver(ClaimKey key) =>
        _claims.Find(key) is not { } claim || (_ledger.AddressOf(key) is null && !claim.UsesGivenAddresses());

    /// <summary>It is not to be unbound: it is looked at again after a while.</summary>
    public void LeaveUnclaimed(SweptBinding binding, string why)
    {
        if (_book.Find(binding.AddressId) is { } entry)
        {
            entry.UnclaimedNotBefore = Now + _settings.SweepGrace;
            _occurrences.Add(new Occurrence.LeftUnclaimed(binding.AddressId, binding.Target.PrivateIp, why));
        }
    }

    /// <summary>How long the oldest idle address of each kind has been idle, in seconds.</summary>
    public IReadOnlyDictionary<string, double> OldestIdle()
    {
        var now = Now;
        return _book.OwnUnheld.GroupBy(KindOf, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Max(e => (now - e.FreeSince).TotalSeconds), StringComparer.Ordinal);
    }

    /// <summary>A claim waits for its own address, which is bound elsewhere: a stray one may be unbound there.</summary>
    private void NoteStray(AddressEntry entry)
    {
        if (IsStray(entry) && _strays.Add(entry.Id))
        {
            Stir();
        }
    }

    private IEnumerable<AddressEntry> Unclaimed()
    {
        _strays.RemoveWhere(id => _book.Find(id) is not { } entry || !IsStray(entry));
        return _book.OwnUnheld.Concat(_strays.Select(id => _book.Find(id)!));
    }

    /// <summary>
    /// Its claim holds it by its mark and has no record of having bound it, since its status was lost; and its Pod is not there. So the binding is
    /// from before the loss, like one that no claim refers to.
    /// </summary>
    private bool IsStray(AddressEntry entry) =>
        entry is { IsOwn: true, Holder: { } key, Target: { } target } && AddressName.IsFixed(entry.Name)
        && _claims.Find(key) is { } claim && claim.RecordedTarget() is null
        && !string.Equals(_pods.Find(key)?.PrivateIp, target.PrivateIp, StringComparison.Ordinal);

    private bool MaySweep => _settings.Sweep is SweepMode.Release && _recordIsLoaded && !SweepIsHalted && !CloudLooksWrong;

    /// <summary>What this process bought, or saw freed by the end of its claim, is ordinary work.</summary>
    private static bool IsOrdinary(AddressEntry entry) => entry.FreedHere || entry.BoughtAt is not null || entry.SweepIsPaid;

    /// <summary>Leaves out what the sweep may not give back now.</summary>
    private List<StockAddress> WithinBudget(IReadOnlyList<StockAddress> picked, DateTimeOffset now)
    {
        _heldBack.Clear();
        var left = MaySweep ? _budget.Left(now) : 0;
        var allowed = new List<StockAddress>();
        foreach (var stock in picked)
        {
            if (IsOrdinary(_book.Find(stock.Id)!) || left-- > 0)
            {
                allowed.Add(stock);
            }
            else
            {
                _heldBack.Add(stock.Id);
            }
        }

        var spent = _heldBack.Count > 0;
        if (spent && !_budgetWasSpent)
        {
            _occurrences.Add(new Occurrence.SweepWaiting(_heldBack.Count, _heldBack.First(), _settings.Sweep));
        }

        _budgetWasSpent = spent;
        return allowed;
    }

    private void SpendOn(string id)
    {
        if (_book.Find(id) is { } entry && !IsOrdinary(entry))
        {
            _budget.Spend(Now);
            entry.SweepIsPaid = true;
            _occurrences.Add(new Occurrence.Swept(id));
        }
    }

    private DateTimeOffset? NextSweepDue(DateTimeOffset now)
    {
        DateTimeOffset? next = SweepIsHalted ? now + HeldBackPause
            : BookIsComplete && _recordIsLoaded && _ledger.Count != _recordedHolders ? Later(_recordedAt + CensusPause, now + TimeSpan.FromSeconds(1))
            : null;
        foreach (var entry in Unclaimed().Where(e => e.State is AddressState.Bound && MaySweep))
        {
            var due = Later(Later((entry.UnclaimedSince ?? now) + _settings.SweepGrace, entry.UnclaimedNotBefore), now + TimeSpan.FromSeconds(1));
            next = next is null || due < next ? due : next;
        }

        return next;
    }

    /// <summary>The CVM of the ENI an address is bound to; asked for when it is not known.</summary>
    private string? InstanceOf(AddressEntry entry, NetworkTarget target, DateTimeOffset now)
    {
        if (entry.Observed?.InstanceId is { } id && id.StartsWith("ins-", StringComparison.Ordinal))
        {
            return id;
        }

        if (_instanceOf.TryGetValue(target.NetworkInterfaceId, out var known))
        {
            return known;
        }

        _interfaces.Want(target.PrivateIp, now);
        return null;
    }

    private void NoteInstances(IReadOnlyList<NetworkInterface> interfaces)
    {
        foreach (var nic in interfaces.Where(n => n.InstanceId is not null))
        {
            _instanceOf[nic.Id] = nic.InstanceId!;
        }
    }

    /// <summary>Everything gone at once is no news, but a sign that this is another region or account.</summary>
    private void JudgeCloud()
    {
        var present = _ledger.Addresses.Select(_book.Find).OfType<AddressEntry>().Where(e => !e.IsGone).ToList();
        var (named, missing) = (present.Count, present.Count(e => e.AbsentSince is not null));
        _mostMissingSince = SweepRules.MostAreMissing(named, missing) ? _mostMissingSince ?? Now : null;
        var wrong = _mostMissingSince is { } since && SweepRules.LooksLikeAnotherCloud(named, missing, IsAnySeenSince(since), Now - since);
        if (wrong == CloudLooksWrong)
        {
            return;
        }

        CloudLooksWrong = wrong;
        _occurrences.Add(new Occurrence.CloudLooksWrong(wrong, missing, named));
        foreach (var key in AllKeys())
        {
            Enqueue(key, false);
        }
    }

    private bool IsAnySeenSince(DateTimeOffset time) =>
        _book.Entries.Any(e => e is { IsGone: false, AbsentSince: null, Observed: not null } && (e.IsOwn || e.Holder is not null) && e.ObservedAt >= time);

    private void TellIdle()
    {
        foreach (var entry in _book.OwnUnheld)
        {
            var kind = KindOf(entry);
            if (kind is "BoundUnclaimed" or "Orphaned" && entry.Told != kind)
            {
                entry.Told = kind;
                _occurrences.Add(kind is "Orphaned" ? new Occurrence.Orphaned(entry.Id, entry.Observed?.PublicIp, entry.Name!) : new Occurrence.BoundUnclaimed(entry.Id));
            }
        }
    }
}
