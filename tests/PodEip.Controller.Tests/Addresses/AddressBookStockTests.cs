using PodEip.Claims.Marks;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Addresses;

/// <summary>Which addresses are stock, and which are kept for somebody.</summary>
public sealed class AddressBookStockTests
{
    private static readonly string Hash = Sample.Attributes.Hash;

    private readonly AddressBook _book = new(Sample.Mark, new BookSettings());

    private AddressEntry Read(Address read)
    {
        _book.OnRead(read, _book.NextOrder(), Sample.Start, Sample.Start);
        return _book.Find(read.Id)!;
    }

    [Fact]
    public void Fresh_stock_is_own_unheld_unused_and_free_the_first_by_id_first()
    {
        Read(Sample.Own("eip-b"));
        Read(Sample.Own("eip-a", AddressStatus.Creating));
        Read(Sample.Own("eip-c", name: AddressName.OfPurchase("batchaaa", Sample.OtherAttributes.Hash)));
        Assert.Equal("eip-a", _book.FreshStock(Hash)!.Id);
        Assert.Equal(2, _book.FreshStockCount(Hash));
        Assert.Equal(1, _book.FreshStockCount(Sample.OtherAttributes.Hash));
        Assert.Equal(0, _book.FreshStockCount("nobody"));
        Assert.Null(_book.FreshStock("nobody"));
    }

    public static TheoryData<string, Address> NotStock() => new()
    {
        { "bound", Sample.Own("eip-1", AddressStatus.Bound, Sample.HereIp) },
        { "given", Sample.Given("eip-1") },
        { "another cluster's", Sample.Own("eip-1") with { Tags = new Dictionary<string, string> { [ClusterMark.TagKey] = "cls-test/other" } } },
        { "fixed", Sample.Own("eip-1", name: AddressName.OfFixed(Sample.Web0)) },
        { "freed", Sample.Own("eip-1", name: AddressName.OfFreed(Hash)) },
        { "renamed by hand", Sample.Own("eip-1", name: "shop") },
        { "in arrears", Sample.Own("eip-1") with { IsArrears = true } },
        { "blocked", Sample.Own("eip-1") with { IsBlocked = true } },
        { "cascading", Sample.Own("eip-1") with { CascadeRelease = true } },
        { "leaving", Sample.Own("eip-1", AddressStatus.Offlining) },
    };

    [Theory]
    [MemberData(nameof(NotStock), DisableDiscoveryEnumeration = true)]
    public void What_reads_otherwise_is_no_stock(string why, Address read)
    {
        Read(read);
        Assert.True(_book.FreshStock(Hash) is null, why);
    }

    [Fact]
    public void What_is_done_with_it_takes_it_out_and_back_in()
    {
        var entry = Read(Sample.Own("eip-1"));
        Action<AddressEntry, bool>[] changes =
        [
            (e, on) => e.Holder = on ? Sample.Web0 : null,
            (e, on) => e.Write = on ? new PendingWrite(WriteKind.Release) : null,
            (e, on) => e.MayYetBind = on,
            (e, on) => e.WasUsed = on,
        ];
        foreach (var change in changes)
        {
            _book.Change(entry, e => change(e, true));
            Assert.Equal(0, _book.FreshStockCount(Hash));
            _book.Change(entry, e => change(e, false));
            Assert.Equal(1, _book.FreshStockCount(Hash));
        }
    }

    [Fact]
    public void Unheld_are_the_own_that_no_claim_holds()
    {
        var own = Read(Sample.Own("eip-1"));
        Read(Sample.Given("eip-2"));
        Assert.Equal([own], _book.OwnUnheld);
        _book.Change(own, e => e.Holder = Sample.Web0);
        Assert.Empty(_book.OwnUnheld);
        _book.Forget(own);
        Assert.Empty(_book.OwnUnheld);
    }

    [Fact]
    public void What_carries_no_fixed_mark_is_kept_for_nobody_and_what_does_for_its_claim()
    {
        Assert.True(_book.IsKeptForNobody(Read(Sample.Own("eip-1"))));
        Assert.False(_book.IsKeptForNobody(Read(Sample.Own("eip-2", name: AddressName.OfFixed(Sample.Web0)))));
    }

    [Fact]
    public void A_twin_of_the_fixed_address_its_claim_holds_is_kept_for_nobody()
    {
        var held = Read(Sample.Own("eip-1", name: AddressName.OfFixed(Sample.Web0)));
        var twin = Read(Sample.Own("eip-2", name: AddressName.OfFixed(Sample.Web0)));
        Assert.False(_book.IsKeptForNobody(held));
        Assert.False(_book.IsKeptForNobody(twin));

        _book.Change(twin, e => e.Holder = Sample.Web0);
        Assert.Same(twin, _book.FixedFor(Sample.Web0));
        Assert.False(_book.IsKeptForNobody(twin));
        Assert.True(_book.IsKeptForNobody(held));

        // The held one moves: until that is settled nothing is given away.
        _book.Change(twin, e => e.Write = new PendingWrite(WriteKind.Rename));
        Assert.False(_book.IsKeptForNobody(held));
    }

    [Fact]
    public void A_twin_takes_the_place_of_one_that_loses_its_mark()
    {
        var first = Read(Sample.Own("eip-1", name: AddressName.OfFixed(Sample.Web0)));
        var twin = Read(Sample.Own("eip-2", name: AddressName.OfFixed(Sample.Web0)));
        Assert.NotNull(_book.FixedFor(Sample.Web0));
        _book.Change(first, e => e.Renamed = (AddressName.OfFreed(Hash), Sample.Start));
        Assert.Same(twin, _book.FixedFor(Sample.Web0));
        _book.Change(twin, e => e.Renamed = (AddressName.OfFreed(Hash), Sample.Start));
        Assert.Null(_book.FixedFor(Sample.Web0));
    }

    [Fact]
    public void Reads_that_are_due_share_a_call_the_most_urgent_first()
    {
        var book = new AddressBook(Sample.Mark, new BookSettings { MostPerRead = 2 });
        string[] ids = ["eip-1", "eip-2", "eip-3", "eip-4"];
        for (var i = 0; i < ids.Length; i++)
        {
            // 300 ms and more: only what is due within a quarter of the poll interval comes along.
            book.WantRead(book.Ensure(ids[i], Sample.Start), Sample.Start.AddMilliseconds(100 * (ids.Length - i)));
        }

        Assert.Equal(Sample.Start.AddMilliseconds(100), book.NextDue);
        Assert.Equal(["eip-4", "eip-3"], book.DueReads(Sample.Start));
        book.OnReadBegun(["eip-4", "eip-3"]);
        Assert.Empty(book.DueReads(Sample.Start));
        Assert.Equal(["eip-2", "eip-1"], book.DueReads(Sample.Start.AddMilliseconds(150)));
    }

    [Fact]
    public void Of_two_wishes_for_a_read_the_sooner_counts()
    {
        var entry = _book.Ensure("eip-1", Sample.Start);
        _book.WantRead(entry, Sample.Start.AddSeconds(5));
        _book.WantRead(entry, Sample.Start.AddSeconds(9));
        Assert.Equal(Sample.Start.AddSeconds(5), _book.NextDue);
        _book.WantRead(entry, Sample.Start.AddSeconds(1));
        Assert.Equal(Sample.Start.AddSeconds(1), _book.NextDue);
    }
}
