using PodEip.Api.Resources;
using PodEip.Claims.View;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Tests.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Reconciling;

/// <summary>How long what was heard of owners is believed.</summary>
public sealed class OwnerBookTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Start = Sample.Start;
    private static readonly WorkloadReference Set = new() { ApiVersion = "apps/v1", Kind = "StatefulSet", Name = "web", Uid = "set-1" };

    private readonly OwnerBook _book = new(Soon);

    [Fact]
    public void A_Pod_without_owner_has_none() => Assert.IsType<OwnerLookup.None>(_book.Find(null, Start));

    [Fact]
    public void A_chain_that_was_read_to_its_end_is_believed_for_a_while_and_not_for_ever()
    {
        var present = new OwnerLookup.Known(Set, OwnerState.Present);
        _book.Set(Set, present, Start);
        Assert.Equal(present, _book.Find(Set, Start + (OwnerBook.BelievedFor * 0.99)));
        Assert.IsType<OwnerLookup.NotAsked>(_book.Find(Set, Start + OwnerBook.BelievedFor));
        Assert.IsType<OwnerLookup.NotAsked>(_book.Find(Set with { Uid = "set-2" }, Start));
    }

    [Theory]
    [InlineData(OwnerState.Ending)]
    [InlineData(OwnerState.Gone)]
    [InlineData(OwnerState.Unreadable)]
    public void Anything_else_is_asked_again_soon(OwnerState state)
    {
        _book.Set(Set, new OwnerLookup.Known(Set, state), Start);
        Assert.IsType<OwnerLookup.Known>(_book.Find(Set, Start + (Soon * 0.9)));
        Assert.IsType<OwnerLookup.NotAsked>(_book.Find(Set, Start + Soon));
    }

    [Fact]
    public void News_are_told_apart_from_repetitions()
    {
        Assert.False(_book.Set(Set, new OwnerLookup.Known(Set, OwnerState.Present), Start));
        Assert.False(_book.Set(Set, new OwnerLookup.Known(Set, OwnerState.Present), Start.AddMinutes(20)));
        Assert.True(_book.Set(Set, new OwnerLookup.Known(Set, OwnerState.Ending), Start.AddMinutes(21)));
    }

    [Fact]
    public void The_oldest_answers_give_way()
    {
        for (var i = 0; i < OwnerBook.Most + 10; i++)
        {
            _book.Set(Set with { Uid = $"set-{i}" }, new OwnerLookup.Known(Set, OwnerState.Present), Start.AddMilliseconds(i));
        }

        Assert.IsType<OwnerLookup.NotAsked>(_book.Find(Set with { Uid = "set-9" }, Start.AddSeconds(20)));
        Assert.IsType<OwnerLookup.Known>(_book.Find(Set with { Uid = "set-10" }, Start.AddSeconds(20)));
    }
}
