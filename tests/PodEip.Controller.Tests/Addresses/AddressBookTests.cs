using PodEip.Claims.Marks;
using PodEip.Claims.View;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Addresses;

public sealed class AddressBookTests
{
    private const string Id = "eip-1";
    private static readonly TimeSpan Lag = new BookSettings().ReadLag;

    private readonly AddressBook _book = new(Sample.Mark, new BookSettings());
    private readonly List<string> _changed = [];
    private readonly List<string> _freed = [];
    private DateTimeOffset _now = Sample.Start;

    public AddressBookTests()
    {
        _book.Changed = (entry, _) => _changed.Add(entry.Id);
        _book.PrivateIpFreed = (_, ip) => _freed.Add(ip);
    }

    private AddressEntry Entry => _book.Find(Id)!;

    private void Read(Address read, long? order = null, DateTimeOffset? begunAt = null) =>
        _book.OnRead(read, order ?? _book.NextOrder(), begunAt ?? _now, _now);

    private void Absent(long? order = null) => _book.OnAbsent(Id, order ?? _book.NextOrder(), _now);

    /// <summary>A write is answered now.</summary>
    private void Answered(WriteKind kind, NetworkTarget? target = null, bool isUnclear = false) => _book.Change(_book.Ensure(Id, _now), e =>
    {
        e.Write = new PendingWrite(kind, target) { AnsweredAt = _now, IsUnclear = isUnclear };
        e.LastWriteOrder = _book.NextOrder();
    });

    private void BindAndConfirm()
    {
        Read(Sample.Own(Id));
        Answered(WriteKind.Associate, Sample.HereIp);
        Read(Sample.Own(Id, AddressStatus.Bound, Sample.HereIp));
        Assert.Equal(AddressState.Bound, Entry.State);
    }

    [Fact]
    public void A_read_begun_before_the_last_write_says_nothing()
    {
        Read(Sample.Own(Id));
        var early = _book.NextOrder();
        Answered(WriteKind.Associate, Sample.HereIp);
        Read(Sample.Own(Id, AddressStatus.Bound, Sample.ThereIp), early);
        Assert.Equal(AddressState.Changing, Entry.State);
        Assert.Equal(Sample.HereIp, Entry.Target);
        Assert.NotNull(Entry.NextReadAt);
    }

    [Fact]
    public void A_change_of_bandwidth_is_confirmed_by_a_read_and_not_undone_by_a_late_one()
    {
        Read(Sample.Own(Id) with { BandwidthMbps = 100 });
        _book.Change(Entry, e =>
        {
            e.Write = new PendingWrite(WriteKind.Resize) { BandwidthMbps = 200, AnsweredAt = _now };
            e.LastWriteOrder = _book.NextOrder();
        });
        Read(Sample.Own(Id) with { BandwidthMbps = 100 });
        Assert.Equal(AddressState.Changing, Entry.State);
        Read(Sample.Own(Id) with { BandwidthMbps = 200 });
        Assert.Equal((AddressState.Unbound, 200), (Entry.State, Entry.ToView().BandwidthMbps));
        _now += TimeSpan.FromSeconds(5);
        Read(Sample.Own(Id) with { BandwidthMbps = 100 });
        Assert.Equal(200, Entry.ToView().BandwidthMbps);
        _now += Lag;
        Read(Sample.Own(Id) with { BandwidthMbps = 100 });
        Assert.Equal(100, Entry.ToView().BandwidthMbps);
    }

    [Fact]
    public void A_change_of_bandwidth_that_does_not_show_after_the_lag_did_not_happen()
    {
        Read(Sample.Own(Id) with { BandwidthMbps = 100 });
        _book.Change(Entry, e => e.Write = new PendingWrite(WriteKind.Resize) { BandwidthMbps = 200, AnsweredAt = _now });
        _now += Lag + TimeSpan.FromSeconds(1);
        Read(Sample.Own(Id) with { BandwidthMbps = 100 });
        Assert.Equal((AddressState.Unbound, 100), (Entry.State, Entry.ToView().BandwidthMbps));
    }

    [Fact]
    public void A_read_begun_before_the_one_that_counts_says_nothing()
    {
        var early = _book.NextOrder();
        Read(Sample.Own(Id, AddressStatus.Bound, Sample.HereIp));
        Read(Sample.Own(Id), early);
        Assert.Equal(AddressState.Bound, Entry.State);
    }

    [Fact]
    public void Within_the_lag_after_a_confirmed_write_a_contrary_read_is_a_late_one()
    {
        BindAndConfirm();
        _now += Lag - TimeSpan.FromMilliseconds(1);
        Read(Sample.Own(Id));
        Assert.Equal(AddressState.Bound, Entry.State);
        Assert.NotNull(Entry.NextReadAt);

        _now += TimeSpan.FromMilliseconds(1);
        Read(Sample.Own(Id));
        Assert.Equal(AddressState.Unbound, Entry.State);
    }

    [Fact]
    public void The_pollings_of_one_write_grow_rarer()
    {
        Read(Sample.Own(Id));
        Answered(WriteKind.Associate, Sample.HereIp);
        var pauses = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            Read(Sample.Own(Id, AddressStatus.Binding));
            pauses.Add((Entry.NextReadAt!.Value - _now).TotalSeconds);
            _book.OnReadBegun([Id]);
            _now = Sample.Start;
        }

        Assert.Equal(1, pauses[0]);
        Assert.Equal(5, pauses[^1]);
        Assert.Equal(pauses.Order(), pauses);
    }

    [Fact]
    public void An_absence_counts_by_id_twice_and_late()
    {
        Read(Sample.Own(Id));
        Absent();
        Assert.Equal(AddressState.Unbound, Entry.State);
        Assert.Equal(_now + TimeSpan.FromSeconds(5), Entry.NextReadAt);

        _now += Lag - TimeSpan.FromMilliseconds(1);
        Absent();
        Assert.Equal(AddressState.Unbound, Entry.State);

        _now += TimeSpan.FromMilliseconds(1);
        Absent();
        Assert.Null(_book.Find(Id));
    }

    [Fact]
    public void What_was_seen_in_between_begins_the_count_anew()
    {
        Read(Sample.Own(Id));
        Absent();
        _now += Lag;
        Read(Sample.Own(Id));
        Absent();
        Assert.Equal(AddressState.Unbound, Entry.State);
        Assert.Equal(_now, Entry.AbsentSince);
    }

    [Fact]
    public void What_was_just_bought_may_not_show_yet()
    {
        Read(Sample.Own(Id, AddressStatus.Creating));
        _book.Change(Entry, e => e.BoughtAt = _now);
        Absent();
        _now += Lag - TimeSpan.FromMilliseconds(1);
        Absent();
        Assert.False(Entry.IsGone);
    }

    [Fact]
    public void A_write_under_way_forbids_to_believe_an_absence()
    {
        Read(Sample.Own(Id));
        _book.Change(Entry, e => e.Write = new PendingWrite(WriteKind.Associate, Sample.HereIp));
        Absent();
        _now += Lag * 3;
        Absent();
        Assert.False(Entry.IsGone);
    }

    [Fact]
    public void An_absence_read_before_the_release_was_answered_proves_nothing_and_one_after_ends_it()
    {
        Read(Sample.Own(Id));
        var early = _book.NextOrder();
        Answered(WriteKind.Release);
        Absent(early);
        Assert.False(Entry.IsGone);
        Absent();
        Assert.Null(_book.Find(Id));
    }

    [Fact]
    public void A_held_address_that_is_gone_stays_as_gone()
    {
        Read(Sample.Own(Id));
        _book.Change(Entry, e => e.Holder = Sample.Web0);
        Absent();
        _now += Lag;
        Absent();
        Assert.Equal(AddressState.Gone, Entry.State);
        Read(Sample.Own(Id));
        Assert.Equal(AddressState.Unbound, Entry.State);
    }

    [Fact]
    public void A_clear_unbinding_is_confirmed_by_the_first_read_that_shows_it()
    {
        BindAndConfirm();
        Answered(WriteKind.Disassociate);
        Read(Sample.Own(Id, AddressStatus.Unbinding, Sample.HereIp));
        Assert.Equal(AddressState.Changing, Entry.State);
        Assert.Empty(_freed);
        Read(Sample.Own(Id));
        Assert.Equal(AddressState.Unbound, Entry.State);
        Assert.Equal([Sample.HereIp.PrivateIp], _freed);
    }

    [Fact]
    public void An_unclear_unbinding_soon_after_the_bind_is_confirmed_only_by_a_read_that_cant_be_of_before_the_bind()
    {
        BindAndConfirm();
        Answered(WriteKind.Disassociate, isUnclear: true);
        _now += Lag - TimeSpan.FromSeconds(1);
        Read(Sample.Own(Id));
        Assert.Equal(AddressState.Changing, Entry.State);
        _now += TimeSpan.FromSeconds(1);
        Read(Sample.Own(Id));
        Assert.Equal(AddressState.Unbound, Entry.State);
    }

    [Fact]
    public void An_unclear_unbinding_of_what_was_bound_for_long_is_confirmed_at_once()
    {
        BindAndConfirm();
        _now += Lag;
        Answered(WriteKind.Disassociate, isUnclear: true);
        Read(Sample.Own(Id));
        Assert.Equal(AddressState.Unbound, Entry.State);
        Assert.False(Entry.MayYetBind);
    }

    [Fact]
    public void A_write_that_shows_no_effect_for_longer_than_the_lag_has_failed()
    {
        Read(Sample.Own(Id));
        Answered(WriteKind.Associate, Sample.HereIp);
        _now += Lag;
        Read(Sample.Own(Id));
        Assert.Equal(AddressState.Changing, Entry.State);
        _now += TimeSpan.FromMilliseconds(1);
        Read(Sample.Own(Id));
        Assert.Equal(AddressState.Unbound, Entry.State);
    }

    [Fact]
    public void A_bind_of_unknown_outcome_is_settled_by_a_refused_unbinding_and_a_read_that_is_later_than_reads_are_late()
    {
        Read(Sample.Own(Id));
        _book.Change(Entry, e => e.MayYetBind = true);
        Read(Sample.Own(Id));
        Assert.True(Entry.MayYetBind);
        _book.Change(Entry, e => e.UnbindRefusedAt = _now);
        _now += TimeSpan.FromSeconds(19);
        Read(Sample.Own(Id));
        Assert.True(Entry.MayYetBind, "refused because it is just being bound, it may read as free a moment longer");
        _now += TimeSpan.FromSeconds(1);
        Read(Sample.Own(Id));
        Assert.False(Entry.MayYetBind);
    }

    [Fact]
    public void A_rename_holds_over_late_reads_until_reads_show_it_or_the_lag_is_over()
    {
        var bought = Sample.Own(Id);
        Read(bought);
        _book.Change(Entry, e => e.Renamed = ("pf1-new", _now));
        Read(bought);
        Assert.Equal("pf1-new", Entry.Name);

        Read(bought with { Name = "pf1-new" });
        Assert.Null(Entry.Renamed);
        Read(bought with { Name = "pf1-other" });
        Assert.Equal("pf1-other", Entry.Name);

        _book.Change(Entry, e => e.Renamed = ("pf1-third", _now));
        _now += Lag;
        Read(bought);
        Assert.Equal("pf1-third", Entry.Name);
        _now += TimeSpan.FromMilliseconds(1);
        Read(bought);
        Assert.Equal(bought.Name, Entry.Name);
    }

    [Fact]
    public void A_rename_to_a_fixed_mark_is_found_by_the_claim_at_once()
    {
        Read(Sample.Own(Id));
        Assert.Null(_book.FixedFor(Sample.Web0));
        _book.Change(Entry, e => e.Renamed = (AddressName.OfFixed(Sample.Web0), _now));
        Assert.Same(Entry, _book.FixedFor(Sample.Web0));
        Assert.Null(_book.FreshStock(Sample.Attributes.Hash));
    }

    [Fact]
    public void A_private_ip_that_is_being_bound_to_is_carried_already()
    {
        Read(Sample.Own(Id));
        _book.Change(Entry, e => e.Write = new PendingWrite(WriteKind.Associate, Sample.HereIp));
        Assert.Same(Entry, _book.CarriedBy(Sample.HereIp.PrivateIp));
        _book.Change(Entry, e => e.Write = null);
        Assert.Null(_book.CarriedBy(Sample.HereIp.PrivateIp));
        Assert.Equal([Sample.HereIp.PrivateIp], _freed);
    }

    [Fact]
    public void An_unchanged_read_tells_nobody()
    {
        Read(Sample.Own(Id));
        _changed.Clear();
        Read(Sample.Own(Id));
        Assert.Empty(_changed);
        Read(Sample.Own(Id, AddressStatus.Bound, Sample.HereIp));
        Assert.Equal([Id], _changed);
    }
}
