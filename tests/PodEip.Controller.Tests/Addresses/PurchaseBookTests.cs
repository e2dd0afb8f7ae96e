using System.Globalization;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Stock;
using PodEip.Claims.View;
using PodEip.Controller.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Addresses;

public sealed class PurchaseBookTests
{
    private static readonly string Hash = Sample.Attributes.Hash;
    private static readonly DateTimeOffset Start = Sample.Start;
    private static readonly DateTimeOffset Gathered = Start + PurchaseRules.Gather;

    private readonly PurchaseBook _book = new();
    private readonly Dictionary<string, int> _stock = new(StringComparer.Ordinal);
    private int _batches;

    private static ClaimKey Key(int i) => new("default", "web-" + i.ToString(CultureInfo.InvariantCulture));

    private static ClaimFailure Failure(string reason, DateTimeOffset until) => new(reason, "words", until, EventReasons.FailedAllocateEIP);

    private void Want(int count, AddressAttributes? attributes = null, int from = 0)
    {
        for (var i = from; i < from + count; i++)
        {
            _book.Want(Key(i), attributes ?? Sample.Attributes, Start);
        }
    }

    private int[] Decide(DateTimeOffset now)
    {
        var before = _book.Intents.ToHashSet();
        _book.Decide(hash => _stock.GetValueOrDefault(hash), () => "batch" + (_batches++).ToString("000", CultureInfo.InvariantCulture), now);
        return [.. _book.Intents.Where(i => !before.Contains(i)).Select(i => i.Count)];
    }

    private void Buy(DateTimeOffset now)
    {
        foreach (var intent in _book.Intents)
        {
            _stock[intent.Attributes.Hash] = _stock.GetValueOrDefault(intent.Attributes.Hash) + intent.Count;
            _book.Close(intent.BatchId);
            _book.Succeeded(intent.Attributes.Hash);
        }

        Assert.Empty(Decide(now));
    }

    [Fact]
    public void Full_calls_go_at_once_and_the_rest_waits_for_company_a_moment()
    {
        Want(25);
        Assert.Equal([10, 10], Decide(Start));
        Assert.Equal(Gathered, _book.NextDue(_ => 0, Start));
        Assert.Empty(Decide(Gathered - TimeSpan.FromMilliseconds(1)));
        Assert.Equal([5], Decide(Gathered));
        Assert.Empty(Decide(Gathered.AddHours(1)));
        Assert.Null(_book.NextDue(_ => 0, Gathered));
    }

    [Theory]
    [InlineData(100, 5)]
    [InlineData(200, 8)]
    [InlineData(301, 40)]
    public void Claims_that_come_one_by_one_in_quick_succession_are_bought_for_together(int everyMs, int purchases)
    {
        var counts = new List<int>();
        for (var i = 0; i < 40; i++)
        {
            var now = Start.AddMilliseconds(i * everyMs);
            counts.AddRange(Decide(now));
            _book.Want(Key(i), Sample.Attributes, now);
            counts.AddRange(Decide(now));
        }

        counts.AddRange(Decide(Start.AddMinutes(1)));
        Assert.Equal((40, purchases), (counts.Sum(), counts.Count));
    }

    [Fact]
    public void Never_more_than_waiting_less_stock_less_unresolved()
    {
        Want(5);
        _stock[Hash] = 2;
        Assert.Equal([3], Decide(Gathered));
        Assert.Empty(Decide(Gathered));
        Want(1, from: 5);
        Assert.Equal([1], Decide(Gathered));

        // What a look has found is in stock by now, and no longer unresolved.
        _book.Find("batch000")!.Seen.UnionWith(["eip-1", "eip-2"]);
        _stock[Hash] = 4;
        Assert.Empty(Decide(Gathered));
    }

    [Fact]
    public void Stock_of_another_kind_serves_nobody()
    {
        Want(1);
        _stock[Sample.OtherAttributes.Hash] = 5;
        Assert.Equal([1], Decide(Gathered));
    }

    [Fact]
    public void Prepaid_ones_are_bought_one_by_one()
    {
        Want(2, Sample.Attributes with { InternetChargeType = AddressAttributes.PrepaidChargeType });
        Assert.Equal([1, 1], Decide(Start));
    }

    [Fact]
    public void Who_waits_no_more_or_for_another_kind_is_not_bought_for()
    {
        Want(2);
        _book.NoLongerWants(Key(0));
        _book.NoLongerWants(Key(0));
        _book.Want(Key(1), Sample.OtherAttributes, Start);
        Assert.Equal([new KeyValuePair<string, int>(Sample.OtherAttributes.Hash, 1)], _book.WaitingByHash);
        Assert.Empty(_book.WaitersFor(Hash));
        Assert.Equal([Key(1)], _book.WaitersFor(Sample.OtherAttributes.Hash));
    }

    [Fact]
    public void A_refusal_for_quota_halves_the_size_for_a_minute()
    {
        Want(10);
        Assert.Equal([10], Decide(Start));
        _book.Close("batch000");
        Assert.True(_book.Halve(10, Start));
        Assert.Equal([5, 5], Decide(Start));
        _book.Close("batch001");
        _book.Close("batch002");
        Assert.True(_book.Halve(5, Start));
        Assert.Equal([2, 2, 2, 2, 2], Decide(Start));
        foreach (var intent in _book.Intents)
        {
            _book.Close(intent.BatchId);
        }

        Assert.Equal([10], Decide(Start.AddMinutes(1)));
    }

    [Fact]
    public void One_alone_can_not_be_halved()
    {
        Assert.False(_book.Halve(1, Start));
        Want(10);
        Assert.Equal([10], Decide(Start));
    }

    [Fact]
    public void A_hold_of_one_kind_leaves_the_others_alone_and_ends()
    {
        Want(1);
        Want(1, Sample.OtherAttributes, from: 1);
        var refused = Failure(Reasons.InvalidRequest, Start.AddMinutes(5));
        _book.HoldKind(Hash, refused);
        Assert.Equal(refused, _book.HoldOn(Hash, Start));
        Assert.Null(_book.HoldOn(Sample.OtherAttributes.Hash, Start));
        Assert.Equal([1], Decide(Gathered));
        Assert.Equal(Sample.OtherAttributes, _book.Intents.Single().Attributes);
        Assert.Equal(Start.AddMinutes(5), _book.NextDue(_ => 0, Gathered));
        Assert.Equal([1], Decide(Start.AddMinutes(5)));
    }

    [Fact]
    public void A_hold_of_all_holds_all_and_comes_before_that_of_a_kind()
    {
        Want(1);
        Want(1, Sample.OtherAttributes, from: 1);
        _book.HoldKind(Hash, Failure(Reasons.InvalidRequest, Start.AddMinutes(5)));
        var quota = Failure(Reasons.QuotaExceeded, Start.AddMinutes(1));
        _book.Hold(quota);
        Assert.Equal(quota, _book.HoldOn(Hash, Start));
        Assert.Equal(quota, _book.HoldOn(Sample.OtherAttributes.Hash, Start));
        Assert.Empty(Decide(Gathered));
        Assert.Equal([1], Decide(Start.AddMinutes(1)));
    }

    [Fact]
    public void A_purchase_that_went_well_ends_the_hold_of_all_and_of_its_kind()
    {
        _book.Hold(Failure(Reasons.QuotaExceeded, Start.AddHours(1)));
        _book.HoldKind(Hash, Failure(Reasons.InvalidRequest, Start.AddHours(1)));
        _book.HoldKind(Sample.OtherAttributes.Hash, Failure(Reasons.InvalidRequest, Start.AddHours(1)));
        _book.Succeeded(Hash);
        Assert.Null(_book.HoldOn(Hash, Start));
        Assert.NotNull(_book.HoldOn(Sample.OtherAttributes.Hash, Start));
    }

    [Fact]
    public void Nothing_is_sent_before_it_is_written_down_and_nothing_twice()
    {
        Want(10);
        Decide(Start);
        Assert.True(_book.IsDirty);
        Assert.Equal(PurchaseStage.Decided, _book.Open.Single().Stage);

        var written = _book.Intents;
        Want(10, from: 10);
        Decide(Start);

        // What was decided while the first was being written is not in it: it must be written before it is sent.
        Assert.Equal(written, _book.OnSaved(written));
        Assert.True(_book.IsDirty);
        Assert.Equal([PurchaseStage.Sent, PurchaseStage.Decided], _book.Open.Select(p => p.Stage));

        Assert.Equal(["batch001"], _book.OnSaved(_book.Intents).Select(i => i.BatchId));
        Assert.False(_book.IsDirty);
        Assert.Empty(_book.OnSaved(_book.Intents));
    }

    [Fact]
    public void A_purchase_closed_while_it_was_being_written_is_not_sent_and_is_struck_out()
    {
        Want(10);
        Decide(Start);
        var written = _book.Intents;
        _book.Close("batch000");
        Assert.Empty(_book.OnSaved(written));
        Assert.True(_book.IsDirty);
        Assert.Empty(_book.OnSaved(_book.Intents));
        Assert.False(_book.IsDirty);
    }

    [Fact]
    public void What_a_former_leader_left_open_is_unclear_counts_as_unresolved_and_is_looked_for_at_once()
    {
        _book.Load([Sample.Intent("former00", 3)], Start);
        var purchase = _book.Find("former00")!;
        Assert.Equal((PurchaseStage.Unclear, Start, Start), (purchase.Stage, purchase.LookAt, purchase.UnclearSince));
        Assert.False(_book.IsDirty);
        Assert.Empty(_book.OnSaved(_book.Intents));

        // The look-up is the dispatcher's to do: the keeper of stock would turn in circles while it can't be sent.
        Assert.Null(_book.NextDue(_ => 0, Start));
        Want(5);
        Assert.Equal([2], Decide(Gathered));
    }

    [Fact]
    public void Loading_again_leaves_alone_what_is_known()
    {
        Want(10);
        Decide(Start);
        var mine = _book.Intents;
        _ = _book.OnSaved(mine);
        _book.Load([.. mine, Sample.Intent("former00")], Start);
        Assert.Equal(PurchaseStage.Sent, _book.Find("batch000")!.Stage);
        Assert.Equal(PurchaseStage.Unclear, _book.Find("former00")!.Stage);
    }

    [Fact]
    public void Bought_is_stock_and_no_need_is_left()
    {
        Want(12);
        Decide(Gathered);
        Buy(Gathered);
        Assert.Equal(12, _stock[Hash]);
    }

    [Fact]
    public void Batch_ids_are_eight_letters_or_digits_and_differ()
    {
        var ids = Enumerable.Range(0, 100).Select(_ => PurchaseBook.NewBatchId()).ToList();
        Assert.All(ids, id => Assert.Matches("^[a-z2-7]{8}$", id));
        Assert.Equal(100, ids.Distinct().Count());
    }
}
