using Xunit;

namespace PodEip.Api.Tests;

public sealed class MachineLimitsTests
{
    [Theory]
    [InlineData("S5.2XLARGE16", 8, 5)]
    [InlineData("S5.LARGE8", 4, 20)]
    [InlineData("S6.LARGE8", 4, 2)]
    [InlineData("BMG5t.24XLARGE768", 96, 0)]
    [InlineData("SA2.MEDIUM4", 16, 4)]
    [InlineData(null, 48, 10)]
    public void A_type_that_is_named_beats_its_family_which_beats_the_table(string? type, int vcpus, int limit) =>
        Assert.Equal(limit, MachineLimits.Parse("S5.*=20, S5.2XLARGE16=5 # old ones\nBMG5t.24XLARGE768=0\n\n# none else\n").Value!.Of(type, vcpus));

    [Theory]
    [InlineData(null, null)]
    [InlineData("S6.LARGE8", null)]
    [InlineData("S6.LARGE8", 0)]
    [InlineData("S6.LARGE8", -4)]
    [InlineData("", -4)]
    public void Nothing_is_made_up_where_the_cloud_tells_nothing(string? type, int? vcpus) => Assert.Null(MachineLimits.Default.Of(type, vcpus));

    [Fact]
    public void A_type_that_is_named_needs_no_vCPUs() => Assert.Equal(7, MachineLimits.Parse("S6.*=7").Value!.Of("S6.LARGE8", null));

    [Theory]
    [InlineData("S5.LARGE8", "S5.LARGE8")]
    [InlineData("S5.LARGE8=", "S5.LARGE8=")]
    [InlineData("S5.LARGE8=-1", "S5.LARGE8=-1")]
    [InlineData("S5.LARGE8=1001", "S5.LARGE8=1001")]
    [InlineData("S5.LARGE8=many", "S5.LARGE8=many")]
    [InlineData("S5.LARGE8=1=2", "S5.LARGE8=1=2")]
    [InlineData("S5=4", "S5=4")]
    [InlineData("*=4", "*=4")]
    [InlineData("S5.*.=4", "S5.*.=4")]
    [InlineData("S6.LARGE8=3,S5 .*=4", "S5 .*=4")]
    public void What_can_not_be_read_is_named_with_what_is_allowed(string text, string entry)
    {
        var parsed = MachineLimits.Parse(text);
        Assert.False(parsed.IsValid);
        Assert.Contains(entry, parsed.Error, StringComparison.Ordinal);
        Assert.Contains("TYPE=LIMIT", parsed.Error, StringComparison.Ordinal);
        Assert.Contains("0 to 1000", parsed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_named_twice_is_refused() => Assert.Contains("S5.LARGE8 is named twice", MachineLimits.Parse("S5.LARGE8=1\nS5.LARGE8=2").Error, StringComparison.Ordinal);

    [Fact]
    public void Of_two_lists_the_second_wins_and_the_table_can_be_replaced()
    {
        var limits = MachineLimits.Parse("S5.LARGE8=1,S6.LARGE8=2").Value!.With(MachineLimits.Parse("S6.LARGE8=3").Value!).With(PublicIpLimits.Parse("1=9").Value!);
        Assert.Equal((1, 3, 9), (limits.Of("S5.LARGE8", 4), limits.Of("S6.LARGE8", 4), limits.Of("S7.LARGE8", 4)));
    }
}
