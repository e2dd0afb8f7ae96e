using PodEip.Api;
using PodEip.Claims.Stock;
using PodEip.Claims.Tests.Vocabulary;

namespace PodEip.Claims.Tests.Stock;

/// <summary>B4: what the account's quotas leave, and how that is said.</summary>
public sealed class QuotaRoomTests
{
    private static QuotaRoom Room((int Used, int Limit)? total, (int Used, int Limit)? daily) => new(
        total is var (tu, tl) ? new QuotaLine("TOTAL_EIP_QUOTA", tu, tl) : null,
        daily is var (du, dl) ? new QuotaLine("DAILY_EIP_APPLY", du, dl) : null);

    [Fact]
    public void The_smaller_of_both_bounds_and_one_that_is_not_known_does_not()
    {
        Assert.Equal(3, Room((17, 20), (5, 40)).Left);
        Assert.Equal(2, Room((0, 20), (38, 40)).Left);
        Assert.Equal(0, Room((25, 20), (0, 40)).Left);
        Assert.Equal(20, Room((0, 20), null).Left);
        Assert.Equal(int.MaxValue, QuotaRoom.Unknown.Left);
        Assert.False(QuotaRoom.Unknown.IsFull);
    }

    [Fact]
    public void Giving_back_makes_room_only_while_the_day_still_has_purchases()
    {
        Assert.True(Room((20, 20), (5, 40)).IsHeldFull);
        Assert.True(Room((20, 20), null).IsHeldFull);
        Assert.False(Room((20, 20), (40, 40)).IsHeldFull);
        Assert.False(Room((19, 20), (40, 40)).IsHeldFull);
    }

    [Fact]
    public void What_is_used_up_is_named_with_its_numbers()
    {
        var (reason, message) = Room((100, 100), (57, 120)).Explain();
        Assert.Equal(Reasons.QuotaExceeded, reason);
        Assert.Contains("TOTAL_EIP_QUOTA is used up: 100 of 100", message, StringComparison.Ordinal);
        Assert.DoesNotContain("57", message, StringComparison.Ordinal);
        (reason, message) = Room((60, 100), (120, 120)).Explain();
        Assert.Equal(Reasons.DailyQuotaExceeded, reason);
        Assert.Contains("120 of 120", message, StringComparison.Ordinal);
        (reason, message) = Room((100, 100), (120, 120)).Explain();
        Assert.Equal(Reasons.DailyQuotaExceeded, reason);
        Assert.Contains("100 of 100", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BGP", QuotaPool.General)]
    [InlineData("CMCC", QuotaPool.SingleLine)]
    [InlineData("CTCC", QuotaPool.SingleLine)]
    [InlineData("CUCC", QuotaPool.SingleLine)]
    public void Single_lines_have_a_quota_of_their_own(string provider, QuotaPool pool) =>
        Assert.Equal(pool, QuotaPools.Of(Given.Attributes with { InternetServiceProvider = provider }));

    [Fact]
    public void No_more_is_bought_than_the_quota_leaves()
    {
        var need = new PurchaseNeed(Given.Attributes, 50, Given.Now, 0, 0);
        Assert.Equal(7, PurchaseRules.CountNow(need with { Room = 7 }, 10, Given.Now.AddSeconds(1)));
        Assert.Equal(0, PurchaseRules.CountNow(need with { Room = 0 }, 10, Given.Now.AddSeconds(1)));
        Assert.Equal(10, PurchaseRules.CountNow(need with { Room = 70 }, 10, Given.Now));
    }
}
