using CsCheck;
using PodEip.Api;
using PodEip.Claims.Stock;
using PodEip.Claims.Tests.Vocabulary;

namespace PodEip.Claims.Tests.Stock;

/// <summary>B4: namespaces take turns, the oldest claim of each first.</summary>
public sealed class FairLineTests
{
    private readonly Turns _turns = new();

    private static ClaimKey Key(string text) => new(text.Split('/')[0], text.Split('/')[1]);

    private FairLine Line(params string[] keys)
    {
        var line = new FairLine(_turns);
        for (var i = 0; i < keys.Length; i++)
        {
            line.Add(Key(keys[i]), Given.Now.AddSeconds(i));
        }

        return line;
    }

    private static string[] Order(FairLine line) => [.. line.InOrder().Select(key => $"{key.Namespace}/{key.Name}")];

    [Fact]
    public void Namespaces_take_turns_and_the_oldest_goes_first_in_each() =>
        Assert.Equal(["a/1", "b/1", "c/1", "a/2", "b/2", "a/3"], Order(Line("a/1", "a/2", "a/3", "b/1", "b/2", "c/1")));

    [Fact]
    public void The_namespace_whose_last_turn_is_longest_ago_goes_first()
    {
        var line = Line("a/1", "a/2", "b/1", "c/1");
        _turns.Take("a");
        _turns.Take("b");
        Assert.Equal(["c/1", "a/1", "b/1", "a/2"], Order(line));
    }

    [Fact]
    public void Age_counts_and_not_when_a_claim_joined()
    {
        var line = new FairLine(_turns);
        line.Add(Key("a/late"), Given.Now.AddSeconds(1));
        line.Add(Key("a/early"), Given.Now);
        Assert.Equal(["a/early", "a/late"], Order(line));
        line.Remove(Key("a/early"));
        line.Remove(Key("a/early"));
        Assert.Equal(["a/late"], Order(line));
        Assert.Equal(1, line.Count);
    }

    /// <summary>Serving one at a time gives the order that was foretold, and no namespace waits longer than one turn of each other.</summary>
    [Fact]
    public void B4_nobody_is_overtaken_twice_by_the_same_namespace() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 30]).Array[1, 60].Sample(claims =>
        {
            var turns = new Turns();
            var line = new FairLine(turns);
            foreach (var ((space, age), i) in claims.Select((claim, i) => (claim, i)))
            {
                line.Add(new ClaimKey($"ns-{space}", $"pod-{i}"), Given.Now.AddSeconds(age));
            }

            var foretold = line.InOrder().ToList();
            var sinceTurn = new Dictionary<string, HashSet<string>>();
            foreach (var expected in foretold)
            {
                var first = line.First!.Value;
                Assert.Equal(expected, first);
                foreach (var (waiting, served) in sinceTurn)
                {
                    if (waiting != first.Namespace && line.InOrder().Any(key => key.Namespace == waiting))
                    {
                        Assert.True(served.Add(first.Namespace), $"{first.Namespace} was served twice while {waiting} waited");
                    }
                }

                sinceTurn[first.Namespace] = [];
                turns.Take(first.Namespace);
                line.Remove(first);
            }

            Assert.Null(line.First);
        }, iter: 300);

    [Fact]
    public void Namespaces_that_come_and_go_are_not_remembered_for_ever()
    {
        for (var i = 0; i < 20_000; i++)
        {
            _turns.Take($"ns-{i}");
        }

        Assert.Equal(20_000, _turns.LastOf("ns-19999"));
        Assert.Equal(0, _turns.LastOf("ns-0"));
    }

    [Fact]
    public void What_the_quota_leaves_is_bought_for_those_whose_turn_it_is_whatever_kind_they_want()
    {
        var line = Line("a/1", "a/2", "a/3", "b/5");
        Dictionary<string, int> Share(int room, params (string Kind, int Count)[] coming) => new(FairPurchases.Share(
            line.InOrder(), key => key.Namespace == "a" ? "big" : "small", coming.ToDictionary(c => c.Kind, c => c.Count), room));
        Assert.Equal(new Dictionary<string, int> { ["big"] = 1 }, Share(1));
        Assert.Equal(new Dictionary<string, int> { ["big"] = 1, ["small"] = 1 }, Share(2));

        // One for a is on its way: the last one is for b.
        Assert.Equal(new Dictionary<string, int> { ["small"] = 1 }, Share(1, ("big", 1)));
        Assert.Empty(Share(0));
        Assert.Empty(Share(-3));
        Assert.Equal(new Dictionary<string, int> { ["big"] = 3, ["small"] = 1 }, Share(100));
    }

    [Fact]
    public void A_kind_that_cannot_be_bought_at_present_takes_no_share() => Assert.Equal(
        new Dictionary<string, int> { ["small"] = 1 },
        FairPurchases.Share(Line("a/1", "b/1").InOrder(), key => key.Namespace == "a" ? null : "small", new Dictionary<string, int>(), 1));
}
