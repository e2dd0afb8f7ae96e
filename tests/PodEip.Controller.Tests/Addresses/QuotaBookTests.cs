using PodEip.Claims.Stock;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Addresses;

public sealed class QuotaBookTests
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset Start = Sample.Start;

    private readonly QuotaBook _book = new(Refresh);

    private static AddressQuota[] Lines(int held, int bought) =>
        [new(AddressQuota.Total, held, 20), new(AddressQuota.DailyPurchases, bought, 40), new("DAILY_PUBLIC_IP_ASSIGN", 0, 10)];

    private IReadOnlyList<QuotaPool> Read(int held, int bought, DateTimeOffset at, bool isWaiting = true)
    {
        Assert.True(_book.TakeDue(at));
        Assert.False(_book.TakeDue(at));
        Assert.Null(_book.NextDue);
        return _book.OnRead(Lines(held, bought), isWaiting, at);
    }

    [Fact]
    public void Before_it_is_read_nothing_is_bounded()
    {
        Assert.False(_book.IsSettled);
        Assert.Equal(int.MaxValue, _book.Room(QuotaPool.General).Left);
        Read(15, 0, Start);
        Assert.True(_book.IsSettled);
        Assert.Equal(5, _book.Room(QuotaPool.General).Left);
        Assert.Equal(int.MaxValue, _book.Room(QuotaPool.SingleLine).Left);
    }

    [Fact]
    public void Our_own_purchases_since_the_read_count()
    {
        Read(15, 0, Start);
        _book.OnBought(QuotaPool.General, 3);
        Assert.Equal(2, _book.Room(QuotaPool.General).Left);
        Assert.False(_book.IsExact(QuotaPool.General));
        Assert.True(_book.IsExact(QuotaPool.SingleLine));

        // What is bought while a read is under way may not be in it yet.
        Assert.True(_book.TakeDue(Start + (2 * Refresh)));
        _book.OnBought(QuotaPool.General, 1);
        _book.OnRead(Lines(18, 3), isWaiting: true, Start);
        Assert.Equal(1, _book.Room(QuotaPool.General).Left);
    }

    [Fact]
    public void It_is_read_more_often_while_claims_wait_for_what_others_may_free()
    {
        Read(20, 5, Start);
        Assert.Equal(Start + Refresh, _book.NextRead);
        Read(20, 5, Start + Refresh, isWaiting: false);
        Assert.Equal(Start + (3 * Refresh), _book.NextRead);

        // The day's is not given back by anybody.
        Read(20, 40, Start + (3 * Refresh));
        Assert.Equal(Start + (5 * Refresh), _book.NextRead);
    }

    [Fact]
    public void Reasons_to_read_it_sooner_do_not_make_it_a_hot_loop()
    {
        Assert.False(_book.WantSoon(Start));
        Read(20, 5, Start);
        Assert.True(_book.WantSoon(Start));
        Assert.False(_book.WantSoon(Start));
        Assert.False(_book.TakeDue(Start.AddSeconds(1.9)));
        Assert.True(_book.TakeDue(Start.AddSeconds(2)));
    }

    [Fact]
    public void What_has_more_room_than_before_is_told()
    {
        Assert.Equal([QuotaPool.General, QuotaPool.SingleLine], Read(19, 5, Start));
        Assert.Empty(Read(19, 5, Start + (2 * Refresh)));
        Assert.Empty(Read(20, 5, Start + (4 * Refresh)));
        Assert.Equal([QuotaPool.General], Read(18, 5, Start + (5 * Refresh)));
    }

    [Fact]
    public void Without_the_permission_to_read_it_the_clouds_refusals_are_what_counts()
    {
        Read(20, 5, Start);
        Assert.True(_book.TakeDue(Start + Refresh));
        _book.OnFailed(Start + (2 * Refresh), isDenied: false);
        Assert.True(_book.Room(QuotaPool.General).IsFull);
        Assert.True(_book.TakeDue(Start + (2 * Refresh)));
        _book.OnFailed(Start + (3 * Refresh), isDenied: true);
        Assert.False(_book.Room(QuotaPool.General).IsFull);
        Assert.False(_book.WantSoon(Start + (2 * Refresh)));
        Assert.Equal(Start + (3 * Refresh), _book.NextDue);
    }
}
