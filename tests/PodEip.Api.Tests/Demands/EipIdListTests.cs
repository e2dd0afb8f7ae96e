using CsCheck;
using PodEip.Api.Demands;
using Xunit;

namespace PodEip.Api.Tests.Demands;

public sealed class EipIdListTests
{
    [Theory]
    [InlineData("eip-xxx1,eip-xxx2", "eip-xxx1|eip-xxx2")]
    [InlineData("eip-xxx1", "eip-xxx1")]
    [InlineData(" eip-b , eip-a\n", "eip-b|eip-a")]
    [InlineData("eip-0123456789abcdefghijklmnopqrstuv", "eip-0123456789abcdefghijklmnopqrstuv")]
    public void Ids_keep_their_order(string text, string expected) => Assert.Equal(expected.Split('|'), EipIdListParser.Parse(text).Value);

    [Theory]
    [InlineData("", "names no address")]
    [InlineData("  ", "names no address")]
    [InlineData(",", "entry 1 is empty")]
    [InlineData("eip-a,", "entry 2 is empty")]
    [InlineData("eip-a,,eip-b", "entry 2 is empty")]
    [InlineData("eip-a,eip-b,eip-a", "entry 3 repeats entry 1, \"eip-a\"")]
    [InlineData("eip-a eip-b", "entry 1, \"eip-a eip-b\"")]
    [InlineData("eip-a;eip-b", "entry 1, \"eip-a;eip-b\"")]
    [InlineData("EIP-a", "\"EIP-a\"")]
    [InlineData("eip-A", "\"eip-A\"")]
    [InlineData("eip-", "\"eip-\"")]
    [InlineData("eni-abc", "\"eni-abc\"")]
    [InlineData("1.2.3.4", "\"1.2.3.4\"")]
    [InlineData("[\"eip-a\"]", "is no address id")]
    [InlineData("eip-0123456789abcdefghijklmnopqrstuvw", "is no address id")]
    public void A_bad_list_is_refused_with_the_entry_and_the_form(string text, string expected)
    {
        var parsed = EipIdListParser.Parse(text);

        Assert.False(parsed.IsValid);
        Assert.Contains(expected, parsed.Error);
    }

    [Fact]
    public void There_is_an_end_to_its_length()
    {
        static string List(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"eip-{i:d8}"));

        Assert.Equal(EipIdListParser.MaxIds, EipIdListParser.Parse(List(EipIdListParser.MaxIds)).Value!.Count);
        Assert.Contains("501 entries", EipIdListParser.Parse(List(EipIdListParser.MaxIds + 1)).Error);
        Assert.Contains("too long", EipIdListParser.Parse(List(5000)).Error);
    }

    [Fact]
    public void No_text_makes_it_throw() => Texts.Hostile("eip-,ab01 ").Sample(text => _ = EipIdListParser.Parse(text));
}
