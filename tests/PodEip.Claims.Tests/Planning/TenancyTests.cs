using PodEip.Api;
using PodEip.Claims.Marks;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Planning;

/// <summary>B17: whose Pods may name a given address.</summary>
public sealed class TenancyTests
{
    private static AddressView Tagged(string? value) => Given.GivenAddress("eip-one") with
    {
        Namespaces = NamespaceTag.Of(value is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [NamespaceTag.TagKey] = value }),
    };

    private static ClaimView Wants(AddressView address) =>
        Given.OnlyAPod().With(Given.Pod().Listing("eip-one")).With(Given.Claim().Listing("eip-one")).Listing(address);

    [Theory]
    [InlineData("shop")]
    [InlineData("games+shop")]
    [InlineData("_all")]
    public void A_namespace_that_is_listed_takes_it(string tag)
    {
        Assert.Equal(new Step.Take("eip-one"), Wants(Tagged(tag)).Plan(GivenPolicy.Any));
        Assert.Equal(new Step.Take("eip-one"), Wants(Tagged(tag)).Plan(GivenPolicy.TaggedOnly));
    }

    [Theory]
    [InlineData("games", "\"games\"", "does not list namespace shop")]
    [InlineData("shopping", "\"shopping\"", "does not list namespace shop")]
    [InlineData("", "\"\"", "is no namespace")]
    [InlineData("shop+", "\"shop+\"", "is no namespace")]
    [InlineData("shop+*", "\"shop+*\"", "\"*\" is no namespace")]
    [InlineData("shop, games", "\"shop, games\"", "is no namespace")]
    [InlineData("shop+_all", "\"shop+_all\"", "\"_all\" is no namespace")]
    [InlineData("Shop", "\"Shop\"", "is no namespace")]
    public void Any_other_value_closes_it_and_the_message_names_tag_value_and_what_is_allowed(string tag, params string[] words)
    {
        var wait = Wants(Tagged(tag)).Plan(GivenPolicy.Any).Waits(Reasons.AddressForbidden);
        Assert.True(wait.IsProblem);
        Assert.All([.. words, "eip-one", "podeip-namespaces", "joined by '+'", "_all"], word => Assert.Contains(word, wait.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void One_without_the_tag_is_open_unless_the_operator_closes_those()
    {
        Assert.Equal(new Step.Take("eip-one"), Wants(Tagged(null)).Plan(GivenPolicy.Any));
        Assert.Contains("no tag podeip-namespaces", Wants(Tagged(null)).Plan(GivenPolicy.TaggedOnly).Waits(Reasons.AddressForbidden).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_bound_stays_with_its_Pod_whatever_the_tag_says_later()
    {
        var bound = Given.AGivenBoundClaim().With(Tagged("games").HeldBy(Given.Key).BoundTo(Given.Here));
        Assert.Equal(new Step.Rest(), bound.Plan(GivenPolicy.TaggedOnly));

        // Also after a lost status.
        var lost = Given.AGivenBoundClaim() with { Address = null, Claim = Given.Claim().Listing("eip-one") };
        Assert.Equal(new Step.Take("eip-one"), lost.Listing(Tagged("games").BoundTo(Given.Here)).Plan(GivenPolicy.TaggedOnly));
    }

    [Fact]
    public void The_next_binding_is_judged_anew()
    {
        var claim = Given.Claim().Listing("eip-one").Bound("eip-one");
        var free = Tagged("games").HeldBy(Given.Key);
        var view = Given.AGivenBoundClaim().With(Given.Pod().Listing("eip-one") with { Uid = "the-next" });
        Assert.Equal(Reasons.AddressForbidden, view.With(claim).With(free).Plan(GivenPolicy.Any).Writes<StatusChange.Dropped>().Reason);

        // A fixed claim keeps what it has, and does not bind it.
        var kept = view.With(Given.Pod().Listing("eip-one").Fixed() with { Uid = "the-next" }).With(Given.Claim().Fixed().Listing("eip-one").Retained("eip-one")).With(free);
        kept.Plan(GivenPolicy.Any).Waits(Reasons.AddressForbidden);
        kept.With(Tagged("shop").HeldBy(Given.Key)).Plan(GivenPolicy.Any).Writes<StatusChange.Allocated>();
    }

    [Fact]
    public void An_address_that_is_closed_does_not_close_the_others_of_the_list()
    {
        var view = Given.OnlyAPod().With(Given.Pod().Listing("eip-one", "eip-two").Numbered(null)).With(Given.Claim().Listing("eip-one", "eip-two"));
        Assert.Equal(new Step.Take("eip-two"), view.Listing(Tagged("games"), Given.GivenAddress("eip-two")).Plan(GivenPolicy.Any));
    }
}
