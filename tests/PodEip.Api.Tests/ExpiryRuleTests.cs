using Xunit;

namespace PodEip.Api.Tests;

public sealed class ExpiryRuleTests
{
    [Theory]
    [InlineData("5m", 5)]
    [InlineData("300s", 5)]
    [InlineData("1h", 60)]
    [InlineData("8760h", 525_600)]
    public void Five_minutes_and_more_are_accepted(string text, int minutes) => Assert.Equal(TimeSpan.FromMinutes(minutes), ExpiryRule.Parse(text).Value);

    [Theory]
    [InlineData("4m59s")]
    [InlineData("299.9999999s")]
    [InlineData("0")]
    [InlineData("0s")]
    [InlineData("-1h")]
    public void Less_is_refused_and_the_least_named(string text)
    {
        var parsed = ExpiryRule.Parse(text);

        Assert.Contains($"\"{text}\" is too short: want at least 5m0s", parsed.Error);
    }

    [Fact]
    public void What_is_no_duration_keeps_that_reason() => Assert.Contains("\"1 day\"", ExpiryRule.Parse("1 day").Error);
}
