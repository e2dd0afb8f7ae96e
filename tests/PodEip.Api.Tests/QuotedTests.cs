using CsCheck;
using Xunit;

namespace PodEip.Api.Tests;

public sealed class QuotedTests
{
    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("a\nb", "\"a\\u000ab\"")]
    [InlineData("a\u202eb", "\"a\\u202eb\"")]
    [InlineData("中文", "\"中文\"")]
    public void Shows_text_on_one_line(string text, string expected) => Assert.Equal(expected, Quoted.Value(text));

    [Fact]
    public void Cuts_a_long_tail_and_says_how_long_it_was() => Assert.EndsWith("…\" (5000 characters)", Quoted.Value(new string('x', 5000)));

    [Fact]
    public void Never_throws_and_never_breaks_a_line() =>
        Texts.Hostile("\n\r\t\"\\\ud800").Sample(text =>
        {
            var shown = Quoted.Value(text) + Quoted.Shorten(text);
            return !shown.AsSpan().ContainsAny('\n', '\r') && shown.Length < 1500;
        });
}
