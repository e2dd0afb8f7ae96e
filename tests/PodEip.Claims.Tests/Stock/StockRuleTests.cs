using PodEip.Api.Demands;
using PodEip.Claims.Stock;
using PodEip.Claims.Tests.Vocabulary;

namespace PodEip.Claims.Tests.Stock;

/// <summary>B1, B2, I1, I6: what is bought, and what is given back.</summary>
public sealed class StockRuleTests
{
    private static readonly AddressAttributes Prepaid = Given.Attributes with { InternetChargeType = AddressAttributes.PrepaidChargeType };

    private static PurchaseNeed Need(int waiting, int stock = 0, int unresolved = 0, AddressAttributes? attributes = null) =>
        new(attributes ?? Given.Attributes, waiting, Given.Now, stock, unresolved);

    private static int CountNow(PurchaseNeed need, double waitedMs = 1000, int most = 10) =>
        PurchaseRules.CountNow(need, most, Given.Now.AddMilliseconds(waitedMs));

    [Theory]
    [InlineData(3, 0, 0, 3)]
    [InlineData(3, 1, 1, 1)]
    [InlineData(3, 2, 1, 0)]
    [InlineData(1, 5, 5, 0)]
    [InlineData(200, 0, 0, 10)]
    public void I6_never_more_is_bought_than_waiting_less_stock_less_unresolved_nor_more_than_a_call_takes(int waiting, int stock, int unresolved, int count) =>
        Assert.Equal(count, CountNow(Need(waiting, stock, unresolved)));

    [Fact]
    public void A_small_need_waits_a_moment_for_company_and_a_full_call_does_not()
    {
        Assert.Equal(0, CountNow(Need(3), waitedMs: 299));
        Assert.Equal(3, CountNow(Need(3), waitedMs: 300));
        Assert.Equal(10, CountNow(Need(10), waitedMs: 0));
    }

    [Theory]
    [InlineData(600, 899, 0)]
    [InlineData(600, 900, 3)]
    [InlineData(900, 999, 0)]
    [InlineData(900, 1000, 3)]
    public void While_more_come_it_waits_for_a_second_at_most(double lastJoinedMs, double waitedMs, int count) =>
        Assert.Equal(count, CountNow(Need(3) with { JoinedAt = Given.Now.AddMilliseconds(lastJoinedMs) }, waitedMs));

    [Theory]
    [InlineData(5, 5)]
    [InlineData(0, 1)]
    [InlineData(99, 10)]
    public void Design3_after_a_quota_error_fewer_are_bought_and_never_none(int most, int count) => Assert.Equal(count, CountNow(Need(50), most: most));

    [Fact]
    public void Design3_prepaid_addresses_are_bought_one_by_one() => Assert.Equal(1, CountNow(Need(50, attributes: Prepaid), waitedMs: 0));

    [Fact]
    public void I6_what_was_decided_is_found_again_by_name() =>
        Assert.Equal($"pe1-abcdefgh-{Given.Attributes.Hash}", new PurchaseIntent("abcdefgh", 3, Given.Attributes, Given.Now).AddressName);

    private static StockAddress Fresh(string id, string? hash = "k2m4p6", int ageMinutes = 60) => new(id, hash, WasUsed: false, IsUnbound: true, Given.Now.AddMinutes(-ageMinutes), "g");

    private static string[] Released(int waiting, params StockAddress[] stock) =>
        [.. ReleaseRules.Pick(stock, new Dictionary<string, int> { ["k2m4p6"] = waiting }, TimeSpan.FromMinutes(10), Given.Now).Select(address => address.Id)];

    [Fact]
    public void I1_used_addresses_are_given_back_at_once_even_while_claims_wait() =>
        Assert.Equal(["used"], Released(5, Fresh("used", ageMinutes: 0) with { WasUsed = true }));

    [Fact]
    public void I6_fresh_addresses_that_claims_wait_for_stay() => Assert.Equal(["c"], Released(2, Fresh("a"), Fresh("b"), Fresh("c")));

    [Fact]
    public void I1_fresh_addresses_nobody_waits_for_are_given_back_after_a_grace()
    {
        Assert.Equal([], Released(0, Fresh("young", ageMinutes: 9)));
        Assert.Equal(["old"], Released(0, Fresh("old", ageMinutes: 10)));
        Assert.Equal(["other kind", "unnamed"], Released(5, Fresh("other kind", "zzzzzz"), Fresh("unnamed", null)));
    }

    [Fact]
    public void I2_what_is_bound_or_changing_is_not_given_back() => Assert.Equal([], Released(0, Fresh("bound") with { IsUnbound = false, WasUsed = true }));
}
