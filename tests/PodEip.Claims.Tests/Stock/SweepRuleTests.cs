using PodEip.Claims.Stock;

namespace PodEip.Claims.Tests.Stock;

/// <summary>When the sweep doubts what it sees.</summary>
public sealed class SweepRuleTests
{
    [Theory]
    [InlineData(4, 0, false)]
    [InlineData(5, 0, true)]
    [InlineData(5, 1, false)]
    [InlineData(100, 19, true)]
    [InlineData(100, 20, false)]
    public void Claims_have_vanished_when_fewer_than_a_fifth_of_at_least_five_are_left(int expected, int now, bool vanished) =>
        Assert.Equal(vanished, SweepRules.HaveVanished(expected, now, isHalted: false));

    [Theory]
    [InlineData(100, 49, true)]
    [InlineData(100, 50, false)]
    public void They_are_back_when_half_of_them_are(int expected, int now, bool vanished) =>
        Assert.Equal(vanished, SweepRules.HaveVanished(expected, now, isHalted: true));

    [Theory]
    [InlineData(2, 2, false)]
    [InlineData(3, 3, true)]
    [InlineData(6, 3, false)]
    [InlineData(5, 3, true)]
    [InlineData(0, 0, false)]
    public void Another_cloud_is_suspected_when_more_than_half_and_at_least_three_are_missing(int named, int missing, bool wrong) =>
        Assert.Equal(wrong, SweepRules.LooksLikeAnotherCloud(named, missing, othersAreSeen: false, TimeSpan.FromDays(30)));

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void While_others_are_seen_that_is_doubted_for_ten_minutes(int minutes, bool wrong) =>
        Assert.Equal(wrong, SweepRules.LooksLikeAnotherCloud(5, 3, othersAreSeen: true, TimeSpan.FromMinutes(minutes)));
}
