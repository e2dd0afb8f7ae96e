using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.CloudSim.Model;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.FaultTests.Outages;

/// <summary>Two controllers act at once, both told to need no election: an operator's mistake that must cost calls, never an address.</summary>
[Collection(Stage.Outages)]
public sealed class TwoControllersTests(Stage stage, ITestOutputHelper output) : OutageScene(stage, output)
{
    private const int PodCount = 20;

    private static readonly SceneOptions Unled = new() { Name = "two", Cvms = 4, Flags = "--leader-elect=false --sweep-grace 10s" };

    [Fact]
    public async Task Two_controllers_at_once_end_up_right()
    {
        var (scene, space) = await OpenAsync("two", Unled);
        var second = scene.Replica("second");
        second.Start();
        await second.ReadyAsync(Ct);
        string[] given = [scene.GiveAddress().Id, scene.GiveAddress().Id];
        await scene.CreateAllAsync(space, [.. Enumerable.Range(0, PodCount).Select(i => Pods.New($"pod-{i}", isFixed: i % 2 == 0)), .. Enumerable.Range(0, 2).Select(i => Pods.Given($"given-{i}", given))], Ct);
        // Where the test before killed the API server, the scheduler may take half a minute to look again, and then puts Pods back that it could not place.
        await Eventually.BecomesAsync(
            token => scene.LookAtAllAsync(space, token), _ => scene.Calls.CountOf("AssociateAddress") >= PodCount / 2, TimeSpan.FromMinutes(3), "half of it to be under way", Ct);

        // Two fixed ones go for good, two come back at once, two that are not fixed go.
        foreach (var i in (int[])[0, 2, 4, 6, 1, 3])
        {
            await scene.ForceDeletePodAsync(space, $"pod-{i}", Ct);
        }

        await scene.CreateAllAsync(space, ((int[])[4, 6]).Select(i => Pods.New($"pod-{i}", isFixed: true)), Ct);
        await scene.GoneAsync(space, "pod-1", Ct);
        await scene.GoneAsync(space, "pod-3", Ct);
        foreach (var name in (string[])["pod-0", "pod-2"])
        {
            await scene.SeesAsync(space, name, sight => sight is { Pod: null, Claim: null } or { Pod: null, Claim.Status.Phase: ClaimPhase.Retained }, Ct);
        }

        // The mistake is put right. Where one bound what the other holds, the claim says AddressBoundOutside, and it is a person who unbinds it there.
        await second.StopAsync();
        await scene.Controller.KillAsync(Ct);
        scene.Controller.Start();
        await Eventually.BecomesTrueAsync(
            async token =>
            {
                var unsettled = (await scene.LookAtAllAsync(space, token)).Values.Where(sight => sight is { Pod: not null, IsBound: false }).ToList();
                foreach (var sight in unsettled.Where(sight => sight is { Reason: Reasons.AddressBoundOutside, Address.Status: AddressStatus.Bind }))
                {
                    Output.WriteLine($"unbound by hand: {sight}");
                    scene.Model.ForceUnbind(sight.Address!.Id);
                }

                return unsettled.Count == 0;
            },
            TimeSpan.FromMinutes(3), "every Pod to be bound", Ct);
        var kept = (await scene.LookAtAllAsync(space, Ct)).Values.Count(sight => sight.Pod is null);
        await SettledAsync(scene, space, PodCount - 4 + 2, kept);
        Assert.All(given, id => Assert.NotNull(scene.Model.FindAddress(id)));
        Assert.DoesNotContain(scene.Calls.Read("ReleaseAddresses"), call => given.Any(id => call.Subject.Contains(id, StringComparison.Ordinal)));
        Output.WriteLine(string.Join('\n', scene.Calls.Counters.Select(c => $"  {c.Action} {c.Calls}, executed {c.Executed}{string.Concat(c.Errors.Select(e => $", {e.Key} {e.Value}"))}")));
    }
}
