using PodEip.Api;
using PodEip.Claims.Marks;
using PodEip.Claims.View;
using PodEip.Cloud.Addresses;

namespace PodEip.Controller.Addresses;

/// <summary>What the book holds of one address. Mutable, guarded by the core's lock; others see <see cref="AddressView"/>s.</summary>
internal sealed class AddressEntry(string id)
{
    public string Id { get; } = id;

    /// <summary>As last read; null before the first read, and when it is gone.</summary>
    public Address? Observed { get; set; }

    /// <summary>Order (of <see cref="AddressBook"/>) in which the read that gave <see cref="Observed"/> was begun.</summary>
    public long ObservedOrder { get; set; }

    /// <summary>When that read was begun.</summary>
    public DateTimeOffset ObservedAt { get; set; }

    /// <summary>Order in which the last write on it was answered: a read begun before says nothing about what came of it.</summary>
    public long LastWriteOrder { get; set; }

    /// <summary>The write under way.</summary>
    public PendingWrite? Write { get; set; }

    /// <summary>Nothing is decided before it is read afresh.</summary>
    public bool ReadDue { get; set; }

    /// <summary>
    /// Only reads begun from then on count: it is about to be taken on the strength of a read alone, and that read may show
    /// what a former leader has released since.
    /// </summary>
    public DateTimeOffset? TrustReadsFrom { get; set; }

    /// <summary>When it is to be read next; null when nothing calls for it.</summary>
    public DateTimeOffset? NextReadAt { get; set; }

    /// <summary>Reads since the answer of the last write, for the pace of reading.</summary>
    public int ReadsSinceWrite { get; set; }

    /// <summary>When a write of ours was last confirmed, and what it left: a read that shows the state before it is a late one.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>Since when reads show it bound; null while they do not.</summary>
    public DateTimeOffset? BoundSince { get; set; }

    /// <summary>It may have been bound since it was last seen free: a read showed it bound, or an Associate was sent and not refused.</summary>
    public bool MayHaveBeenBound { get; set; }

    /// <summary>The name a rename gave it, until reads show it too.</summary>
    public (string Name, DateTimeOffset At)? Renamed { get; set; }

    /// <summary>The bandwidth a change gave it, until reads must show it too.</summary>
    public (int Mbps, DateTimeOffset At)? Resized { get; set; }

    /// <summary>An Associate whose outcome nobody knows may still take effect.</summary>
    public bool MayYetBind { get; set; }

    /// <summary>Since when the cloud refuses to unbind it for its status.</summary>
    public DateTimeOffset? UnbindRefusedAt { get; set; }

    /// <summary>A release call that named it with others failed: it goes alone next time.</summary>
    public bool ReleaseAlone { get; set; }

    /// <summary>Not given back before then: the last attempt failed.</summary>
    public DateTimeOffset ReleaseNotBefore { get; set; }

    /// <summary>Since when reads by id do not find it.</summary>
    public DateTimeOffset? AbsentSince { get; set; }

    public bool IsGone { get; set; }

    /// <summary>When this process bought it; null for others.</summary>
    public DateTimeOffset? BoughtAt { get; set; }

    /// <summary>Some claim had it.</summary>
    public bool WasUsed { get; set; }

    /// <summary>It was bought lately and nobody had it yet, although this process did not get the answer of its purchase.</summary>
    public bool IsKnownFresh { get; set; }

    /// <summary>It had a user, has cooled down since, and may serve again.</summary>
    public bool IsRipe { get; set; }

    /// <summary>The claim that holds it.</summary>
    public ClaimKey? Holder { get; set; }

    /// <summary>The claim that held it last, for the event that says it was released.</summary>
    public ClaimKey? LastHolder { get; set; }

    /// <summary>UID of that claim.</summary>
    public string? LastHolderUid { get; set; }

    /// <summary>Since when nobody holds it.</summary>
    public DateTimeOffset FreeSince { get; set; }

    /// <summary>It carries this cluster's mark.</summary>
    public bool IsOwn { get; set; }

    /// <summary>It was bought by this cluster whatever its tag says: this process bought it, or its claim says so.</summary>
    public bool IsKnownOwn { get; set; }

    /// <summary>A read showed it with our tag.</summary>
    public bool WasTagged { get; set; }

    /// <summary>The last read showed no cluster's tag, and not because it is too new.</summary>
    public bool ReadsUntagged { get; set; }

    /// <summary>The last read showed the tag of another cluster, or of TKE, and not ours.</summary>
    public bool HasForeignTag { get; set; }

    /// <summary>Ours, and without our tag.</summary>
    public bool LacksTag => IsKnownOwn && ReadsUntagged;

    /// <summary>Attempts to put the tag back.</summary>
    public int TagTries { get; set; }

    /// <summary>When that is tried next.</summary>
    public DateTimeOffset TagAt { get; set; }

    /// <summary>Its last claim's end was carried out by this process: that nobody needs it is certain.</summary>
    public bool FreedHere { get; set; }

    /// <summary>The sweep's budget has paid for it.</summary>
    public bool SweepIsPaid { get; set; }

    /// <summary>Since when it is seen bound without a claim.</summary>
    public DateTimeOffset? UnclaimedSince { get; set; }

    /// <summary>It is not unbound before then: somebody was served there, or its machine is no Node.</summary>
    public DateTimeOffset UnclaimedNotBefore { get; set; }

    /// <summary>As what it was reported to people; null when it was not.</summary>
    public string? Told { get; set; }

    /// <summary>Who may name it, as its tag says.</summary>
    public NamespaceTag? Namespaces { get; set; }

    /// <summary>Index keys it stands under, so that they can be taken back.</summary>
    public string? IndexedIp { get; set; }

    public string? IndexedName { get; set; }

    public string? IndexedStock { get; set; }

    public string? Name => Renamed?.Name ?? Observed?.Name;

    public int? BandwidthMbps => Resized?.Mbps ?? Observed?.BandwidthMbps;

    /// <summary>The private IP it is bound to, or is being bound to.</summary>
    public NetworkTarget? Target => Write is { Kind: WriteKind.Associate, Target: { } to } ? to : Observed?.Target;

    public AddressState State
    {
        get
        {
            if (IsGone)
            {
                return AddressState.Gone;
            }

            if (Write is not null)
            {
                return AddressState.Changing;
            }

            if (Observed is null || ReadDue || TrustReadsFrom is not null)
            {
                return AddressState.Unread;
            }

            return Observed.Status switch
            {
                AddressStatus.Unbound => AddressState.Unbound,
                AddressStatus.Bound => AddressState.Bound,
                _ => AddressState.Changing,
            };
        }
    }

    /// <summary>True while the cloud, or a write of ours, is at work on it and a read will tell the end.</summary>
    public bool IsMoving => Write?.AnsweredAt is not null
        || (Observed is not null && Write is null && Observed.Status is AddressStatus.Creating or AddressStatus.Binding or AddressStatus.Unbinding or AddressStatus.Offlining);

    /// <summary>Hash of what it was bought as; null when its name does not say.</summary>
    public string? PurchaseHash => AddressName.TryReadPurchase(Name, out _, out var hash) ? hash : null;

    /// <summary>Hash of the attributes it serves for in stock.</summary>
    public string? StockHash => PurchaseHash ?? (IsRipe ? AddressName.FreedHash(Name) : null);

    /// <summary>
    /// Nobody can tell that it never had a user: this process saw one, or neither bought it nor knows its purchase. With reuse such
    /// an address cools down first.
    /// </summary>
    public bool MayHaveBeenUsed => WasUsed || (BoughtAt is null && !IsKnownFresh);

    public AddressView ToView() => new()
    {
        Id = Id,
        State = State,
        Target = Target,
        PublicIp = Observed?.PublicIp,
        Name = Name,
        BandwidthMbps = BandwidthMbps,
        IsOwn = IsOwn,
        IsManaged = IsOwn || (Observed is not null && ClusterMark.IsManaged(Observed.Tags)),
        LacksTag = LacksTag,
        HasForeignTag = HasForeignTag,
        Namespaces = Namespaces,
        IsMissing = AbsentSince is not null,
        CascadeRelease = Observed?.CascadeRelease ?? false,
        IsUnusable = Observed is { IsArrears: true } or { IsBlocked: true },
        MayYetBind = MayYetBind,
        Holder = Holder,
    };
}
