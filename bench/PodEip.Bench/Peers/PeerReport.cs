using System.Globalization;
using PodEip.Bench.Results;

namespace PodEip.Bench.Peers;

/// <summary>Makes lines of what was seen, and holds ours to being ahead of each other.</summary>
/// <param name="runs">What was seen, ours first.</param>
/// <param name="pods">How many Pods.</param>
/// <param name="floor">The least time that the cloud's limit leaves, in seconds.</param>
internal sealed class PeerReport(IReadOnlyList<PeerRun> runs, int pods, double floor)
{
    private const int Many = 1000;

    private PeerRun Ours => runs[0];

    private IEnumerable<PeerRun> Others => runs.Skip(1);

    public CaseTable Table()
    {
        var measured = string.Create(CultureInfo.InvariantCulture, $"{pods} Pods ask at once");
        return new CaseTable(
            [.. runs.Select(run => run.Title)],
            [
                // Who leaves Pods without an address has not done the work that the others' time is for.
                Line("asked for → last bind taken by the cloud", "s", measured, run => run.IsExtrapolated(pods) || run.Bound < run.Pods ? null : run.Seconds) with
                {
                    Ratios = [new Ratio(Ours.Seconds / floor, string.Create(CultureInfo.InvariantCulture, $"the floor of {floor:0.0} s")), .. Others.Select(run => new Ratio(run.SecondsFor(pods) / Ours.Seconds, Mark(run, pods)))],
                    Goal = new Goal("ours before each other", Others.All(run => run.Bound < run.Pods || Ours.Seconds < run.SecondsFor(pods))),
                },
                Line("first bind → last bind", "s", measured, run => run.IsExtrapolated(pods) || run.Bound < run.Pods ? null : run.Spread) with { Ratios = [new Ratio(Ours.Spread / floor, "the floor")] },
                Line("cloud calls for each Pod", "calls", measured, run => run.CallsEach) with
                {
                    Ratios = [.. Others.Select(run => new Ratio(run.CallsEach / Ours.CallsEach, run.Name))],
                    Goal = new Goal("ours fewer than each other", Others.All(run => Ours.CallsEach < run.CallsEach)),
                },
                Line("addresses bought and lost", "addresses", measured, run => run.Lost) with { Goal = new Goal("ours none", Ours.Lost == 0) },
                Line("Pods left without an address", "Pods", measured, run => run.Pods - run.Bound) with { Goal = new Goal("ours none", Ours.Bound == pods) },
                Line("calls refused for the rate", "calls", measured, run => run.Refused),
                .. new[] { pods, Math.Max(Many, pods) }.Distinct().Select(count => Line(
                    string.Create(CultureInfo.InvariantCulture, $"last bind of {count:#,0} Pods"), "s", "extrapolated from fewer Pods: not measured", run => run.IsExtrapolated(count) && run.IsExtrapolated(pods) ? run.SecondsFor(count) : null)),
            ]);
    }

    private static string Mark(PeerRun run, int pods) =>
        run.IsExtrapolated(pods) ? $"{run.Name}, extrapolated" : run.Bound < run.Pods ? $"{run.Name}, Pods left out" : run.Name;

    private Row Line(string what, string unit, string group, Func<PeerRun, double?> value) =>
        new(what, unit, [.. runs.Where(run => value(run) is not null).Select(run => new Figure(run.Title, value(run)!.Value, value(run)!.Value, Samples: 1))]) { Group = group };
}
