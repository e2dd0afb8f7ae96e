using System.Globalization;
using PodEip.CloudSim.Model;
using PodEip.MortalController;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.FaultTests.Crashes;

/// <summary>
/// A controller is started again and again, and dies each time at a side effect at which none has died yet, before it or after it: so every write
/// of every part of an address's life is interrupted on both sides. The side effects are read from the ports, see <see cref="SideEffects"/>.
/// <c>PODEIP_CRASH_MATRIX</c>: in every part of the life anew; without, each side effect is died at in the first part that comes by it.
/// </summary>
[Collection(Stage.Alone)]
public sealed class CrashMatrixTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private static readonly SceneOptions Mortal = new()
    {
        Name = "matrix", Cvms = 2, Resync = "2s", Flags = "--leader-elect=false --enable-ownerref --claim-expired-duration 2h --manage-eip-routes --egress-refresh 1s --eip-route-linger 1s",
    };

    // The leader has no use for them: a port may offer more.
    private static readonly string[] NotTheLeaders = ["IElasticIpCloud.UnassignPrivateIpsAsync", "IElasticIpCloud.UntagAddressesAsync", "IElasticIpCloud.ReplaceRoutesAsync"];

    [Fact]
    public async Task Killed_before_and_after_every_side_effect_it_reaches_its_goal_and_nothing_is_lost()
    {
        var isShort = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("PODEIP_CRASH_MATRIX"));
        var (scene, space) = await OpenAsync("matrix", Mortal);
        var deaths = new List<Death>();
        var rows = new List<string>();
        foreach (var chapter in LifeOfAnAddress.Chapters)
        {
            await scene.Controller.KillAsync(Ct);
            scene.Calls.Clear();
            await chapter.Begin(scene, space, Ct);
            var begun = TimeProvider.System.GetTimestamp();
            var died = await LiveAndDieAsync(scene, space, chapter, isShort ? deaths : []);
            deaths.AddRange(died);

            // Left in peace, what is left to do is done.
            scene.Controller.Start();
            await Eventually.BecomesTrueAsync(token => chapter.IsReached(scene, space, token), TimeSpan.FromMinutes(2), $"the goal of \"{chapter.Name}\"", Ct);
            await InvariantsAsync(scene);
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"{chapter.Name,-34} {died.Count,6}   {TimeProvider.System.GetElapsedTime(begun).TotalSeconds,6:0.0} s   reached, nothing lost"));
        }

        Print(deaths, rows);
        var missing = from effect in SideEffects.All.Except(NotTheLeaders)
                      from moment in new[] { "before", "after" }
                      where !deaths.Exists(death => death.Method == effect && death.Moment == moment)
                      select $"{moment} {effect}";
        Assert.Empty(missing);
        Assert.Empty(deaths.Select(death => death.Method).Except(SideEffects.All.Except(NotTheLeaders)));
    }

    /// <summary>Starts mortal controllers until the goal is reached: each dies at a place where none of this chapter, nor of those before, has died yet.</summary>
    private static async Task<List<Death>> LiveAndDieAsync(Scene scene, string space, Chapter chapter, IReadOnlyList<Death> before)
    {
        var died = new List<Death>();
        while (true)
        {
            scene.Controller.Start("podeip-mortal-controller", [new("PODEIP_DIED", string.Join(';', before.Concat(died).Select(death => $"{death.Moment} {death.Effect}")))]);
            var process = scene.Controller.Process;
            await Eventually.BecomesTrueAsync(
                async token => process.HasEnded || await chapter.IsReached(scene, space, token), TimeSpan.FromMinutes(2), $"\"{chapter.Name}\": life {died.Count + 1} to end, or the goal", Ct);
            if (!process.HasEnded)
            {
                // The write that reached the goal may not have been answered yet: its list of addresses, that follows every two seconds, comes later.
                var lists = scene.Calls.CountOf("DescribeAddresses");
                await Eventually.BecomesTrueAsync(() => process.HasEnded || scene.Calls.CountOf("DescribeAddresses") > lists + 1, description: "it to go on, or to die of the last write", cancellation: Ct);
                await process.KillAsync(Ct);
            }

            if (Death.From(chapter.Name, process.Output) is not { } death)
            {
                Assert.True(await chapter.IsReached(scene, space, Ct), $"it ended by itself:\n{process.Output}");
                return died;
            }

            Assert.DoesNotContain(death, died);
            died.Add(death);
        }
    }

    /// <summary>No address is lost, held twice or bound twice, once all is quiet.</summary>
    private static async Task InvariantsAsync(Scene scene)
    {
        await scene.Controller.ReadyAsync(Ct);
        await Eventually.PassesAsync(
            async token =>
            {
                var claims = await scene.AllClaimsAsync(token);
                var held = claims.Select(claim => claim.Status.AddressId).OfType<string>().ToList();
                Assert.Equal(held.Count, held.Distinct().Count());
                Assert.Empty(scene.OwnAddresses.Select(address => address.Id).Except(held));
                Assert.All(held, id => Assert.NotNull(scene.Model.FindAddress(id)));
                var bound = scene.Model.Addresses.Where(address => address.Status is AddressStatus.Bind).ToList();
                Assert.Equal(bound.Count, bound.Select(address => address.PrivateIp).Distinct().Count());
            },
            TimeSpan.FromMinutes(2), "nothing to be left over", Ct);
    }

    private void Print(IReadOnlyList<Death> deaths, IReadOnlyList<string> rows)
    {
        Output.WriteLine($"{"part of the life",-34} {"deaths",6}   {"took",6}     result");
        foreach (var row in rows)
        {
            Output.WriteLine(row);
        }

        Output.WriteLine($"\n{"side effect",-58} {"before",6} {"after",6}");
        foreach (var effect in deaths.GroupBy(death => death.Effect).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Output.WriteLine($"{effect.Key,-58} {effect.Count(death => death.Moment == "before"),6} {effect.Count(death => death.Moment == "after"),6}");
        }
    }
}
