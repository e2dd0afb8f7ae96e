using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using PodEip.Claims.Planning;
using PodEip.Dev;
using Xunit;

namespace PodEip.Controller.Tests.Histories;

/// <summary>The state picture of docs/life-of-an-address.md shows the turns that claims really take, and no others.</summary>
public sealed partial class StatePictureTests
{
    private const string Nothing = "[*]";

    [Fact]
    public void The_picture_has_each_turn_that_a_history_takes_and_no_other()
    {
        var taken = new ConcurrentDictionary<string, byte>();
        Parallel.For(0, 1200, new ParallelOptions { MaxDegreeOfParallelism = 2 }, number =>
        {
            var history = new History(number % 4 == 0 ? UnbindMoment.OnDelete : UnbindMoment.OnExit);
            history.Play(HistoryTests.DeedsOf(number));
            foreach (var (from, to) in history.Turns)
            {
                taken[$"{from ?? Nothing} --> {to ?? Nothing}"] = 0;
            }
        });

        var drawn = Edge().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs", "life-of-an-address.md"))).Select(match => $"{match.Groups["from"].Value} --> {match.Groups["to"].Value}").ToList();
        // A turn that leaves the phase as it is may be drawn, and is not counted.
        drawn.RemoveAll(edge => edge.Split(" --> ") is [var from, var to] && from == to);
        Assert.True(
            taken.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(drawn),
            $"taken and not drawn:\n{string.Join('\n', taken.Keys.Except(drawn).Order(StringComparer.Ordinal))}\ndrawn and not taken:\n{string.Join('\n', drawn.Except(taken.Keys).Order(StringComparer.Ordinal))}");
    }

    [GeneratedRegex(@"^ +(?<from>\[\*\]|[A-Z][a-z]+) --> (?<to>\[\*\]|[A-Z][a-z]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Edge();
}
