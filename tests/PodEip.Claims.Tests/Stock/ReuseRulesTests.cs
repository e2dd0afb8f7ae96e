using PodEip.Claims.Stock;
using PodEip.Claims.Tests.Vocabulary;

namespace PodEip.Claims.Tests.Stock;

/// <summary>B2: which freed addresses are kept, and which make room.</summary>
public sealed class ReuseRulesTests
{
    private static readonly ReuseRules Rules = new(TimeSpan.FromMinutes(5), MostIdle: 2, LongestIdle: TimeSpan.FromHours(1));

    private static StockAddress Freed(string id, int minutes, string hash = "aaaaaa") =>
        new(id, hash, WasUsed: true, IsUnbound: true, Given.Now.AddMinutes(-minutes), "g") { MayServeAgain = true };

    private static string[] Released(ReuseRules? reuse, Dictionary<string, int> waiting, int room, params StockAddress[] stock) =>
        [.. ReleaseRules.Pick([.. stock.OrderBy(s => s.Since)], waiting, TimeSpan.FromMinutes(1), Given.Now, reuse, new Dictionary<QuotaPool, int> { [QuotaPool.General] = room }).Select(s => s.Id)];

    [Fact]
    public void B2_off_means_that_all_that_had_a_user_is_given_back() =>
        Assert.Equal(["old", "young"], Released(null, [], 0, Freed("old", 2), Freed("young", 1)));

    [Fact]
    public void B2_no_more_than_so_many_are_kept_and_the_oldest_goes_first() =>
        Assert.Equal(["a"], Released(Rules, [], 0, Freed("a", 30), Freed("b", 20), Freed("c", 1)));

    [Fact]
    public void B2_none_is_kept_longer_than_the_limit() =>
        Assert.Equal(["a"], Released(Rules, [], 0, Freed("a", 60), Freed("b", 59)));

    [Fact]
    public void B2_what_claims_wait_for_is_kept_cooling_or_not() =>
        Assert.Equal([], Released(Rules, new() { ["aaaaaa"] = 3 }, 0, Freed("a", 90), Freed("b", 59), Freed("c", 1)));

    [Fact]
    public void B4_idle_addresses_make_room_for_another_kind_when_the_quota_is_full()
    {
        Assert.Equal(["a"], Released(Rules, new() { ["bbbbbb"] = 1 }, 1, Freed("a", 30), Freed("b", 20)));
        Assert.Equal(["a", "b"], Released(Rules, new() { ["bbbbbb"] = 5 }, 5, Freed("a", 30), Freed("b", 20)));

        // One that cools for a waiting claim is room enough for that claim.
        Assert.Equal([], Released(Rules, new() { ["bbbbbb"] = 1 }, 1, Freed("a", 30), Freed("b", 1, "bbbbbb")));
        Assert.Equal([], Released(Rules, new() { ["bbbbbb"] = 1 }, 0, Freed("a", 30)));
    }

    [Fact]
    public void B2_what_may_not_serve_again_is_given_back_at_once() =>
        Assert.Equal(["a", "b"], Released(Rules, [], 0, Freed("a", 2) with { MayServeAgain = false }, Freed("b", 1) with { AttributeHash = null }));

    [Fact]
    public void B2_fresh_stock_serves_before_freed_and_keeps_its_own_grace() =>
        Assert.Equal(["fresh"], Released(Rules, [], 0, Freed("a", 2), Freed("fresh", 2) with { WasUsed = false, MayServeAgain = false }));
}
