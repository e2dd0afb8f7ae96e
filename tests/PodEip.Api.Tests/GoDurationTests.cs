using CsCheck;
using Xunit;

namespace PodEip.Api.Tests;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("-0", 0)]
    [InlineData("5m", 300_000)]
    [InlineData("+5m", 300_000)]
    [InlineData("-5m", -300_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("30m1h", 5_400_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData(".5h", 1_800_000)]
    [InlineData("1.h", 3_600_000)]
    [InlineData("1h1h", 7_200_000)]
    [InlineData("300ms", 300)]
    [InlineData("1h0m0.25s", 3_600_250)]
    [InlineData("72h3m0.5s", 259_380_500)]
    [InlineData("1000us", 1)]
    [InlineData("1000µs", 1)]
    [InlineData("1000μs", 1)]
    [InlineData("1000000ns", 1)]
    [InlineData("00005m", 300_000)]
    public void Reads_what_go_reads(string text, long milliseconds) => Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), GoDuration.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("5")]
    [InlineData("1.5")]
    [InlineData("h")]
    [InlineData(".")]
    [InlineData(".s")]
    [InlineData("-")]
    [InlineData("+-5m")]
    [InlineData("5 m")]
    [InlineData(" 5m")]
    [InlineData("5m ")]
    [InlineData("5M")]
    [InlineData("5min")]
    [InlineData("1d")]
    [InlineData("1h30")]
    [InlineData("1e3s")]
    [InlineData("1,5h")]
    [InlineData("٥m")]
    [InlineData("never")]
    [InlineData("2562048h")]
    [InlineData("9223372036854775808ns")]
    [InlineData("99999999999999999999999h")]
    [InlineData("1111111111111111111111111111111111111111111111111111111111111111111s")]
    public void Refuses_the_rest_and_names_the_text(string text)
    {
        var parsed = GoDuration.Parse(text);

        Assert.False(parsed.IsValid);
        Assert.StartsWith("\"" + text[..Math.Min(text.Length, 3)], parsed.Error);
    }

    [Theory]
    [InlineData("never", "want a duration such as 5m")]
    [InlineData("300", "lacks a unit")]
    [InlineData("1d", "unknown unit")]
    [InlineData("2562048h", "out of range")]
    public void Says_what_is_wrong(string text, string expected) => Assert.Contains(expected, GoDuration.Parse(text).Error);

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(1, "100ns")]
    [InlineData(15, "1.5µs")]
    [InlineData(10_000, "1ms")]
    [InlineData(15_000_000, "1.5s")]
    [InlineData(600_000_000, "1m0s")]
    [InlineData(36_000_000_000, "1h0m0s")]
    [InlineData(36_600_000_001, "1h1m0.0000001s")]
    [InlineData(-15_000_000, "-1.5s")]
    public void Writes_go_s_form(long ticks, string expected) => Assert.Equal(expected, GoDuration.Format(new TimeSpan(ticks)));

    [Fact]
    public void The_longest_duration_is_go_s()
    {
        Assert.Equal(GoDuration.MaxValue, GoDuration.Parse("9223372036854775807ns").Value);
        Assert.Throws<ArgumentOutOfRangeException>(() => GoDuration.Format(TimeSpan.MaxValue));
    }

    [Fact]
    public void What_is_written_is_read_back() =>
        Gen.Long[-GoDuration.MaxValue.Ticks, GoDuration.MaxValue.Ticks].Sample(ticks =>
        {
            var duration = new TimeSpan(ticks);
            return GoDuration.Parse(GoDuration.Format(duration)) is { IsValid: true } parsed && parsed.Value == duration;
        });

    [Fact]
    public void Terms_add_up() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 100_000], Gen.Int[0, 999]).Sample((h, m, ms) =>
            GoDuration.Parse($"{h}h{m}m{ms}ms").Value == TimeSpan.FromMilliseconds((h * 3_600_000L) + (m * 60_000L) + ms));

    [Fact]
    public void No_text_makes_it_throw() => Texts.Hostile("hms.+-0123456789nuµ").Sample(text => _ = GoDuration.Parse(text));
}
