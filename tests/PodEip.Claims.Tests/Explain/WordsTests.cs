using System.Reflection;
using PodEip.Api;
using PodEip.Claims.Explain;
using PodEip.Cloud;

namespace PodEip.Claims.Tests.Explain;

/// <summary>Nothing that the controller says is ever left without an explanation.</summary>
public sealed class WordsTests
{
    public static TheoryData<string> ReasonsThereAre => [.. Constants(typeof(Reasons))];

    public static TheoryData<string> EventsThereAre => [.. Constants(typeof(EventReasons))];

    public static TheoryData<CloudErrorClass> ErrorsThereAre => [.. Enum.GetValues<CloudErrorClass>()];

    [Theory]
    [MemberData(nameof(ReasonsThereAre))]
    public void Every_reason_of_a_condition_has_words(string reason) => IsWhole(ReasonWords.Of(reason));

    [Theory]
    [MemberData(nameof(EventsThereAre))]
    public void Every_reason_of_an_event_has_words(string reason) => IsWhole(Assert.IsType<Wording>(EventWords.Of(reason)));

    [Theory]
    [MemberData(nameof(ErrorsThereAre))]
    public void Every_class_of_errors_has_words(CloudErrorClass error) => IsWhole(ErrorWords.Of(error));

    [Fact]
    public void There_are_no_words_for_reasons_that_are_gone()
    {
        Assert.Equal(Constants(typeof(Reasons)).Order(StringComparer.Ordinal), ReasonWords.All.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Constants(typeof(EventReasons)).Order(StringComparer.Ordinal), EventWords.All.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_newer_controller_says_is_no_error() => Assert.Same(Wording.Unknown, ReasonWords.Of("SomethingNew"));

    private static void IsWhole(Wording words)
    {
        Assert.NotSame(Wording.Unknown, words);
        Assert.False(words.Meaning.EndsWith('.') || words.Meaning.Length < 10, words.Meaning);
        Assert.True(words.Next[^1] is '.' or '?' && words.Next.Length > 10, words.Next);
    }

    private static List<string> Constants(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)];
}
