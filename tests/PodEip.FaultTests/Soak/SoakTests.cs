using System.Globalization;
using PodEip.Api;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.FaultTests.Soak;

/// <summary>
/// Random deeds and random troubles for a while, and then the account: nothing leaked, doubly bound, stolen, lost or stuck.
/// <c>PODEIP_SOAK</c>: how long, a Go duration; a short one without. <c>PODEIP_SEED</c>: chooses the same deeds and troubles again.
/// </summary>
[Collection(Stage.Alone)]
public sealed class SoakTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private static readonly SceneOptions Soaked = new() { Name = "soak", Cvms = 8, Flags = "--leader-elect=false --enable-ownerref --call-timeout 3s --sweep-grace 15s", LogLevel = "info" };

    [Fact]
    public async Task After_random_deeds_and_every_kind_of_trouble_nothing_is_leaked_stolen_lost_or_stuck()
    {
        var wanted = Environment.GetEnvironmentVariable("PODEIP_SOAK");
        var isShort = string.IsNullOrEmpty(wanted);
        var length = GoDuration.Parse(isShort ? "45s" : wanted!);
        Assert.True(length.IsValid, $"PODEIP_SOAK: {length.Error}");
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PODEIP_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : isShort ? 1 : Environment.TickCount;
        Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PODEIP_SOAK={GoDuration.Format(length.Value)} PODEIP_SEED={seed}"));

        var (scene, space) = await OpenAsync("soak", Soaked);
        var estate = new Estate(scene, [space, await scene.NamespaceAsync("soak", Ct)]);
        var (deeds, troubles) = (new Tally(), new Tally());
        var witness = new Witness(scene, estate);
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(Ct))
        using (var watching = CancellationTokenSource.CreateLinkedTokenSource(Ct))
        {
            end.CancelAfter(length.Value);
            var seen = witness.RunAsync(watching.Token);
            await Task.WhenAll(
                new Deeds(scene, estate, deeds, new Random(seed)).RunAsync(end.Token),
                new Deeds(scene, estate, deeds, new Random(seed + 1)).RunAsync(end.Token),
                new Troubles(scene, troubles, new Random(seed + 2)).RunAsync(end.Token));
            await watching.CancelAsync();
            await seen;
        }

        var verdict = await SettledAsync(witness);
        Print(scene, deeds, troubles, verdict);
        Assert.All(verdict, kind => Assert.Empty(kind.Cases));
        Assert.True(deeds.Total > 0 && troubles.Total > 0);
    }

    /// <summary>The verdict once nothing is wrong any more, or what is still wrong after long enough.</summary>
    private static async Task<IReadOnlyList<(string Kind, IReadOnlyList<string> Cases)>> SettledAsync(Witness witness)
    {
        IReadOnlyList<(string Kind, IReadOnlyList<string> Cases)> last = [];
        try
        {
            return await Eventually.BecomesAsync(
                async token => last = await witness.JudgeAsync(token), verdict => verdict.All(kind => kind.Cases.Count == 0), TimeSpan.FromMinutes(4), "the world to be right again", Ct);
        }
        catch (EventuallyException) when (last.Count > 0)
        {
            return last;
        }
    }

    private void Print(Scene scene, Tally deeds, Tally troubles, IReadOnlyList<(string Kind, IReadOnlyList<string> Cases)> verdict)
    {
        Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Deeds: {deeds.Total}"));
        Write(deeds.Lines());
        Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Troubles: {troubles.Total}"));
        Write(troubles.Lines());
        Output.WriteLine("Calls that reached the cloud:");
        Write(scene.Calls.Counters.Where(counter => counter.Calls > 0).Select(counter =>
            string.Create(CultureInfo.InvariantCulture, $"  {counter.Action,-44} {counter.Calls,7}, done {counter.Executed,7}, failed {counter.Calls - counter.Succeeded,7}")));
        Output.WriteLine("In the end:");
        Write(verdict.Select(kind => string.Create(CultureInfo.InvariantCulture, $"  {kind.Kind,-44} {kind.Cases.Count,7}")));
        Write(verdict.SelectMany(kind => kind.Cases.Select(one => $"  {kind.Kind}: {one}")));

        void Write(IEnumerable<string> lines)
        {
            foreach (var line in lines)
            {
                Output.WriteLine(line);
            }
        }
    }
}
