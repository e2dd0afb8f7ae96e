using CsCheck;
using PodEip.Claims.Planning;
using Xunit;

namespace PodEip.Controller.Tests.Histories;

/// <summary>
/// Random Pods, deletes, hand-overs of private IPs, crashes at any side effect, lost answers, throttles and stale reads.
/// The invariants of the system hold after each step, and every claim reaches its goal when the trouble ends.
/// </summary>
public sealed class HistoryTests(ITestOutputHelper output)
{
    private const int Histories = 2000;

    private static readonly Gen<Deed> AnyDeed = Gen.Select(Gen.Int[0, 31], Gen.Int[0, 7], Gen.Int[0, 7], (kind, a, b) => new Deed(kind, a, b));

    private static readonly Gen<Deed[]> AnyHistory = AnyDeed.Array[10, 70];

    /// <summary>Spec I1 to I6 and I8, under <c>--unbind=OnExit</c>.</summary>
    [Fact]
    public void No_history_breaks_an_invariant()
    {
        var crashes = 0;
        AnyHistory.Sample(deeds => Interlocked.Add(ref crashes, new History(UnbindMoment.OnExit).Play(deeds)), iter: Histories, print: Print, threads: 2);
        output.WriteLine($"{Histories} histories, {crashes} crashes");
        Assert.True(crashes > Histories / 4, $"only {crashes} crashes: the histories do not crash enough to prove anything");
    }

    /// <summary>The same under <c>--unbind=OnDelete</c>.</summary>
    [Fact]
    public void No_history_breaks_an_invariant_when_unbinding_starts_at_deletion() =>
        AnyHistory.Sample(deeds => new History(UnbindMoment.OnDelete).Play(deeds), iter: Histories / 4, print: Print, threads: 2);

    private static string Print(Deed[] deeds) => string.Join(", ", deeds.Select(d => $"new({d.Kind},{d.A},{d.B})"));
}
