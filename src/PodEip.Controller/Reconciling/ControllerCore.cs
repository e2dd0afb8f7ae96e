using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.Planning;
using PodEip.Claims.View;
using PodEip.Cloud;
using PodEip.Controller.Addresses;
using PodEip.Controller.Egress;
using PodEip.Controller.Nodes;

namespace PodEip.Controller.Reconciling;

/// <summary>
/// The whole state of a leading controller, without I/O: what Kubernetes and the cloud were seen to hold, who holds which address,
/// what waits to be sent. Loops around it feed it and carry out what it decides; the property test does the same, one step
/// at a time. All of it is guarded by <see cref="Gate"/>, which is never held over an await.
/// </summary>
public sealed partial class ControllerCore
{
    private readonly CoreSettings _settings;
    private readonly ClusterMark _mark;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _startedAt;
    private readonly PodDirectory _pods = new();
    private readonly ClaimDirectory _claims = new();
    private readonly Dictionary<ClaimKey, KeyNotes> _notes = [];
    private readonly Waiters _waiters = new();
    private readonly Ledger _ledger = new();
    private readonly AddressBook _book;
    private readonly InterfaceBook _interfaces;
    private readonly PurchaseBook _purchases = new();
    private readonly List<Occurrence> _occurrences = [];
    private ClaimFailure? _readTrouble;

    /// <summary>Creates an empty core.</summary>
    public ControllerCore(CoreSettings settings, ClusterMark mark, TimeProvider time)
    {
        _settings = settings;
        _mark = mark;
        _time = time;
        _startedAt = time.GetUtcNow();
        Calls = new DispatchQueue(settings.Rates, time);
        _book = new AddressBook(mark, settings.Book with { Reuses = settings.Reuse is not null }) { Changed = OnAddressChanged, PrivateIpFreed = OnPrivateIpFreed, IsDoubtful = () => CloudLooksWrong };
        _budget = new SweepBudget(settings.SweepBudget);
        _interfaces = new InterfaceBook(settings.Book);
        _quota = new QuotaBook(settings.QuotaRefresh);
        _owners = new OwnerBook(settings.Planner.Recheck);
        _nodes = settings.Nodes is { } nodes ? new NodeBook(nodes, settings.Book.ReadLag) { IsOutside = IsOutside, Changed = name => EnqueueNode(name) } : null;
        _egress = settings.Egress is { } egress ? new EgressBook(egress) : null;
        _routes = new RouteBook(settings.Egress ?? new EgressSettings(), RouteMark.Of(mark));
    }

    /// <summary>Guards everything here.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Calls that wait to be sent.</summary>
    public DispatchQueue Calls { get; }

    /// <summary>The first complete list of own addresses has been read.</summary>
    public bool BookIsComplete { get; private set; }

    /// <summary>A key is to be reconciled; true for one that goes before others.</summary>
    public Action<ClaimKey, bool> Enqueue { get; set; } = (_, _) => { };

    /// <summary>A key is to be reconciled after a while.</summary>
    public Action<ClaimKey, TimeSpan> EnqueueAfter { get; set; } = (_, _) => { };

    /// <summary>There is something to send, or to decide about stock.</summary>
    public Action Stir { get; set; } = () => { };

    private DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>What was noticed since the last call.</summary>
    public IReadOnlyList<Occurrence> TakeOccurrences()
    {
        List<Occurrence> taken = [.. _occurrences];
        _occurrences.Clear();
        return taken;
    }

    // ---- what Kubernetes shows ----

    /// <summary>The watch showed a Pod that matters.</summary>
    public void OnPod(PodView pod)
    {
        _pods.Set(pod);
        _nodes?.OnPod(pod);
        var notes = Notes(pod.Key);
        notes.PodConfirmedAbsent = false;
        notes.PodRead = null;
        if (pod.PrivateIp is { } ip && !pod.HasEnded)
        {
            if (notes.PrivateIpSeen?.PodUid != pod.Uid)
            {
                notes.PrivateIpSeen = (pod.Uid, Now);
            }

            OnPassing(ip, pod.Key, pod.Uid);
        }

        Enqueue(pod.Key, false);
    }

    /// <summary>The watch no longer shows a Pod that mattered.</summary>
    public void OnPodGone(ClaimKey key, string uid)
    {
        _nodes?.OnPodGone(key, uid);
        if (_pods.Remove(key, uid) is { PrivateIp: { } ip } && !_pods.AnyAt(ip))
        {
            _interfaces.Forget(ip);
        }

        if (_claims.Find(key) is null && _pods.Find(key) is null)
        {
            _notes.Remove(key);
        }
        else if (_notes.TryGetValue(key, out var notes) && string.Equals(notes.PodRead?.Uid, uid, StringComparison.Ordinal))
        {
            notes.PodRead = null;
        }

        Enqueue(key, false);
    }

    /// <summary>A live Pod, annotated or not, was seen with a private IP.</summary>
    public void OnPassing(string privateIp, ClaimKey key, string uid)
    {
        if (_book.CarriedBy(privateIp) is { Holder: { } holder } && holder != key && _pods.SeeStranger(privateIp, key, uid, Now))
        {
            Enqueue(holder, true);
        }
    }

    /// <summary>The watch showed a claim.</summary>
    public void OnClaim(EipClaim claim)
    {
        if (!BookIsComplete && _claims.Find(claim.Key) is null)
        {
            RestorePace(claim);
        }

        if (_claims.OnWatched(claim, Now))
        {
            Refer(claim);
            PlaceClaim(claim);
        }

        Enqueue(claim.Key, false);
    }

    /// <summary>The watch no longer shows a claim.</summary>
    public void OnClaimGone(ClaimKey key, string? uid)
    {
        if (_claims.OnGone(key, uid))
        {
            UnplaceClaim(key);
            LetGo(key, uid);
            ForgetQuestions(key);
        }

        Enqueue(key, false);
    }

    // ---- what we wrote to Kubernetes ----

    /// <summary>The server took our write of a claim.</summary>
    public void OnWritten(EipClaim claim)
    {
        _claims.OnWritten(claim, Now);
        Refer(claim);
        PlaceClaim(claim);
    }

    /// <summary>The server took our removal of the finalizer: the claim is gone, its address is stock.</summary>
    public void OnForgotten(EipClaim claim)
    {
        _claims.OnForgotten(claim);
        UnplaceClaim(claim.Key);
        LetGo(claim.Key, claim.Metadata.Uid, isOurDoing: true);
        ForgetQuestions(claim.Key);
        Stir();
    }

    /// <summary>The status says that the claim has no address any more.</summary>
    /// <param name="key">The claim.</param>
    /// <param name="wasUsed">It had served.</param>
    public void OnDropped(ClaimKey key, bool wasUsed = false)
    {
        if (wasUsed && _ledger.AddressOf(key) is { } id)
        {
            _book.Change(Known(id, Now), e => e.WasUsed = true);
        }

        LetGo(key, null, isOurDoing: true);
    }

    /// <summary>We wrote a Pod's annotation, and perhaps its readiness gate.</summary>
    public void OnPublished(ClaimKey key, string uid, Step.PublishOnPod words, string? version)
    {
        _pods.OnPublished(key, uid, words, version);
        if (Notes(key).PodRead is { } read && read.Uid == uid)
        {
            Notes(key).PodRead = read with { PublishedIp = words.PublicIp, Gate = words.Gate ?? read.Gate };
        }
    }

    // ---- answers to questions ----

    /// <summary>An uncached read of the Pod: null for none.</summary>
    public void OnPodRead(ClaimKey key, PodView? pod)
    {
        var notes = Notes(key);
        notes.PodConfirmedAbsent = pod is null;
        notes.PodRead = pod;
        notes.PodReadAt = Now;
    }

    /// <summary>Whether the CRD is being deleted.</summary>
    public void OnCrdRead(ClaimKey key, bool isEnding) => Notes(key).CrdIsEnding = isEnding ? Answer.Yes : Answer.No;

    /// <summary>Whether the Pod's workload or namespace is ending.</summary>
    public void OnWorkloadRead(ClaimKey key, PodView pod, bool isEnding)
    {
        var notes = Notes(key);
        notes.WorkloadIsEnding = isEnding ? Answer.Yes : Answer.No;
        notes.WorkloadAskedAt = Now;
        notes.WorkloadAskedOf = pod.Uid;
        if (isEnding && pod.Workload is { } first)
        {
            // What was heard of it before is out of date for its other Pods too.
            _owners.Forget(first);
        }
    }

    /// <summary>Where the Pod's owner begins to number.</summary>
    public void OnFirstOrdinalRead(ClaimKey key, string podUid, int first) => Notes(key).FirstOrdinal = (podUid, first);

    // ---- the planner's input ----

    /// <summary>All that is known about a key.</summary>
    public ClaimView Observe(ClaimKey key)
    {
        var now = Now;
        var notes = Notes(key);
        var cached = _pods.Find(key);
        var pod = Newer(cached, notes.PodRead);
        var claim = _claims.Find(key);
        var address = _ledger.AddressOf(key) is { } id ? Known(id, now) : null;
        var target = pod?.PrivateIp is { } ip ? _interfaces.Lookup(ip, now) : new TargetLookup.NoPrivateIp();
        var candidate = address is null && claim is not null && !claim.UsesGivenAddresses() ? Candidate(claim, pod)?.ToView() : null;
        var view = new ClaimView
        {
            Key = key,
            Pod = pod,
            PodPresence = pod is not null ? PodPresence.Present : notes.PodConfirmedAbsent ? PodPresence.ConfirmedAbsent : PodPresence.NotSeen,
            PodIsUnwatched = pod is not null && cached?.Uid != pod.Uid,
            PodCheckedAt = notes.PodConfirmedAbsent || (notes.PodRead is { } read && pod?.Uid == read.Uid && pod.ResourceVersion == read.ResourceVersion) ? notes.PodReadAt : null,
            Claim = claim,
            Address = address?.ToView(),
            Candidate = candidate,
            Given = [.. GivenIds(claim, pod).Select(given => new GivenAddressView(given, Known(given, now).ToView()))],
            Target = target,
            Carried = pod?.PrivateIp is { } own && _book.CarriedBy(own) is { } carried && carried.Id != address?.Id ? carried.ToView() : null,
            PrivateIpHandedOn = address?.Target?.PrivateIp is { } bound && IsHandedOn(bound, key, pod),
            PurchaseHold = BookIsComplete ? PurchaseHold(claim, now) : Trouble(now),
            WaitsItsTurn = address is null && candidate is null && claim is not null && WaitsItsTurn(claim),
            Failure = notes.Failure is { } failure && failure.RetryAt > now ? failure : ThrottleOn(address, now) ?? Trouble(now),
            ResizeFailure = notes.ResizeFailure is { } resize && resize.BandwidthMbps == claim?.Spec.Attributes?.BandwidthMbps && resize.Failure.RetryAt > now ? resize.Failure : null,
            BookIsComplete = BookIsComplete,
            CloudLooksWrong = CloudLooksWrong,
            RenamingDenied = Calls.HoldOf(CloudAction.ModifyAddressAttribute, now)?.Error.ErrorClass is CloudErrorClass.Permission,
            TaggingDenied = Calls.HoldOf(CloudAction.TagResources, now)?.Error.ErrorClass is CloudErrorClass.Permission,
            CrdIsEnding = notes.CrdIsEnding,
            WorkloadIsEnding = WorkloadIsEnding(notes, pod, now),
            Egress = EgressOf(target),
            ClaimWasDeleted = claim is null && pod is not null && string.Equals(notes.ClaimDeletedUnder, pod.Uid, StringComparison.Ordinal),
            FirstOrdinal = pod is not null && notes.FirstOrdinal is { } first && first.PodUid == pod.Uid ? first.First : null,
        };
        return view with { Owner = _owners.Find(view.Workload, now) };
    }

    /// <summary>The keys to look at when this process begins to lead.</summary>
    public IReadOnlyList<ClaimKey> AllKeys() => [.. _pods.All.Select(p => p.Key).Concat(_claims.All.Select(c => c.Key)).Distinct()];

    /// <summary>What the book holds of an address; null when it knows none of that id.</summary>
    public AddressView? Look(string addressId) => _book.Find(addressId)?.ToView();

    /// <summary>Claims by phase, for the metric.</summary>
    public IReadOnlyDictionary<string, long> ClaimsByPhase() =>
        _claims.All.GroupBy(c => c.Status.Phase ?? ClaimPhase.Pending, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.LongCount(), StringComparer.Ordinal);

    /// <summary>Own addresses by what they are, for the metric.</summary>
    public IReadOnlyDictionary<string, long> AddressesByState() =>
        _book.Entries.Where(e => e is { IsOwn: true, IsGone: false }).GroupBy(KindOf, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.LongCount(), StringComparer.Ordinal);

    private string KindOf(AddressEntry entry) => entry switch
    {
        { Holder: not null, State: AddressState.Bound } => "Bound",
        { Holder: not null } => "Held",
        { State: AddressState.Bound } => "BoundUnclaimed",
        _ when AddressName.IsFixed(entry.Name) => "Orphaned",
        _ when MayServeAgain(entry) => entry.IsRipe ? "Idle" : "Cooling",
        _ => "Stock",
    };

    /// <summary>When the Pod's private IP was first seen here.</summary>
    public DateTimeOffset? PrivateIpSeenAt(ClaimKey key, string podUid) =>
        _notes.TryGetValue(key, out var notes) && notes.PrivateIpSeen is { } seen && seen.PodUid == podUid ? seen.At : null;

    internal KeyNotes Notes(ClaimKey key)
    {
        if (!_notes.TryGetValue(key, out var notes))
        {
            _notes[key] = notes = new KeyNotes();
        }

        return notes;
    }

    /// <summary>A read past the cache may be ahead of the watch.</summary>
    private static PodView? Newer(PodView? cached, PodView? read) =>
        cached is null || (read is not null && ResourceVersions.IsAtLeast(read.ResourceVersion, cached.ResourceVersion)) ? read : cached;

    private ClaimFailure? Trouble(DateTimeOffset now) => _readTrouble is { } trouble && trouble.RetryAt > now ? trouble : null;

    private AddressEntry Known(string id, DateTimeOffset now)
    {
        var entry = _book.Find(id);
        if (entry is null)
        {
            entry = _book.Ensure(id, now);
            Rehold(entry);
        }

        return entry;
    }

    private static IReadOnlyList<string> GivenIds(EipClaim? claim, PodView? pod) =>
        claim?.Spec.AddressIds ?? (claim is not null && pod?.Reading.Demand is PodDemand.GivenAddresses given ? given.Ids : []);

    private AddressEntry? Candidate(EipClaim claim, PodView? pod)
    {
        if (_book.FixedFor(claim.Key) is { Holder: null } marked)
        {
            return marked;
        }

        if (pod?.PrivateIp is { } ip && _book.CarriedBy(ip) is { IsOwn: true, Holder: null, State: AddressState.Bound } bound)
        {
            return bound;
        }

        return claim.Spec.Attributes is { } attributes ? SetAside(claim.Key, attributes) : null;
    }

    /// <summary>True when another live Pod has the private IP by now, and the claim's own Pod can't have it too.</summary>
    private bool IsHandedOn(string privateIp, ClaimKey key, PodView? pod) =>
        _pods.StrangerAt(privateIp) is { } stranger
        && stranger.Key != key
        && !(pod is { HasEnded: false, IsEnding: false } && string.Equals(pod.PrivateIp, privateIp, StringComparison.Ordinal));

    private void Refer(EipClaim claim)
    {
        foreach (var id in _ledger.Refer(claim))
        {
            Rehold(Known(id, Now));
        }

        if (claim.Status.AddressId is { } named)
        {
            LearnOwn(claim, Known(named, Now));
        }
    }

    /// <summary>Works out anew who holds an address.</summary>
    private void Rehold(AddressEntry entry)
    {
        var bound = entry.Observed?.Status is Cloud.Addresses.AddressStatus.Bound ? entry.Observed.Target : null;
        var holder = _ledger.HolderOf(entry.Id, entry.Holder, bound);
        if (holder == entry.Holder)
        {
            return;
        }

        var before = entry.Holder;
        _book.Change(entry, e =>
        {
            e.Holder = holder;
            if (holder is null)
            {
                e.LastHolder = before;
                e.FreeSince = Now;
            }
            else
            {
                e.IsRipe = false;
            }
        });
        foreach (var key in new[] { before, holder })
        {
            if (key is { } concerned)
            {
                Enqueue(concerned, false);
            }
        }
    }

    /// <param name="key">The claim.</param>
    /// <param name="endedUid">Its UID when it has ended: what it had then was used; null when it goes on without the address.</param>
    /// <param name="isOurDoing">This process carried it out; otherwise the claim vanished, or another let it go.</param>
    private void LetGo(ClaimKey key, string? endedUid, bool isOurDoing = false)
    {
        NoLongerWants(key);
        if (_ledger.Drop(key) is not { } id)
        {
            return;
        }

        var entry = Known(id, Now);
        _book.Change(entry, e =>
        {
            e.WasUsed |= endedUid is not null;
            e.LastHolderUid = endedUid;
            e.FreedHere = isOurDoing;
        });
        _endedSinceRecord += isOurDoing ? 1 : 0;
        Rehold(entry);
        if (endedUid is not null)
        {
            TellWhatIsLeft(entry, key);
        }

        if (entry is { IsGone: true, Holder: null })
        {
            _book.Forget(entry);
        }

        Stir();
    }

    /// <summary>The Pod that a claim serves, or served last; null when there was none.</summary>
    public string? PodUidOf(ClaimKey key) => _claims.Find(key)?.Status.PodUid ?? _pods.Find(key)?.Uid;

    private void ForgetQuestions(ClaimKey key)
    {
        if (_pods.Find(key) is null)
        {
            _notes.Remove(key);
            return;
        }

        var notes = Notes(key);
        notes.ClaimDeletedUnder = _pods.Find(key)?.Uid;
        notes.CrdIsEnding = notes.WorkloadIsEnding = Answer.NotAsked;
        notes.Failure = null;
        notes.Failures = 0;
        notes.Waiting = null;
        notes.LastWarning = null;
    }

    private void OnPrivateIpFreed(AddressEntry entry, string privateIp)
    {
        // A bind that was withdrawn or refused never stood in anybody's way.
        if (_pods.ForgetStranger(privateIp) is { } stranger && entry.MayHaveBeenBound)
        {
            _occurrences.Add(new Occurrence.StaleBinding(privateIp, Now - stranger.SeenAt));
        }

        _waiters.Wake(Waiters.PrivateIp(privateIp), key => Enqueue(key, false));
    }

    private void OnAddressChanged(AddressEntry entry, AddressView before)
    {
        if (entry is { State: AddressState.Unbound, MayHaveBeenBound: true } && before.State is not AddressState.Unbound)
        {
            entry.MayHaveBeenBound = false;
            _occurrences.Add(new Occurrence.Unbound(entry.Id, entry.Observed?.PublicIp, entry.Holder));
        }

        _nodes?.OnAddressChanged(entry.Id);
        if (entry.Holder is { } holder)
        {
            Enqueue(holder, false);
        }

        _waiters.Wake(Waiters.Address(entry.Id), key => Enqueue(key, false));
        OnOfferedChanged(entry);
        if (entry.IndexedStock is { } hash)
        {
            Deal(hash);
            Stir();
        }
        else if (entry is { IsOwn: true, Holder: null })
        {
            Stir();
        }
    }
}
