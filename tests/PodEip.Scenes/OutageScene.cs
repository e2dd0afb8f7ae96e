using System.Globalization;
using PodEip.CloudSim.Gate;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Scenes;

/// <summary>Base of tests in which something fails from outside: what they look at and how they judge the end.</summary>
public abstract class OutageScene(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    /// <summary>Writes that a controller sent, in the order they came.</summary>
    private protected static IReadOnlyList<CallRecord> WritesOf(Scene scene, ControllerRun controller) =>
        [.. CallsOf(scene, controller).Where(call => CloudActions.ByName[call.Action].IsWrite)];

    /// <summary>All calls of a controller, in the order they came.</summary>
    private protected static IReadOnlyList<CallRecord> CallsOf(Scene scene, ControllerRun controller) =>
        [.. scene.Calls.Read().Where(call => call.SecretId == controller.SecretId).OrderBy(call => call.At)];

    /// <summary>Waits until so many Pods are bound, each to an address of its own, and no own address is left that no claim has.</summary>
    private protected static async Task<IReadOnlyDictionary<string, Sight>> SettledAsync(Scene scene, string space, int pods, int retained = 0)
    {
        IReadOnlyDictionary<string, Sight> all = new Dictionary<string, Sight>();
        await Eventually.PassesAsync(
            async token =>
            {
                all = await scene.LookAtAllAsync(space, token);
                var unbound = all.Where(pair => pair.Value.Pod is not null && !pair.Value.IsBound).Take(5).Select(pair => $"{pair.Key}: {pair.Value}").ToList();
                Assert.True(unbound.Count == 0, $"not bound:\n{string.Join('\n', unbound)}\nThe controller:\n{string.Join('\n', scene.Lines.Where(l => unbound.Any(u => l.Contains($"{space}/{u[..u.IndexOf(':', StringComparison.Ordinal)]}", StringComparison.Ordinal))).TakeLast(40))}");
                Assert.Equal((pods, retained), (all.Values.Count(sight => sight.Pod is not null), all.Values.Count(sight => sight.Pod is null)));
                Assert.Equal(pods + retained, all.Values.Select(sight => sight.Address!.Id).Distinct().Count());
                Assert.Equal(pods, all.Values.Where(sight => sight.Pod is not null).Select(sight => sight.Address!.PrivateIp).Distinct().Count());
                Assert.Equal(
                    all.Values.Select(sight => sight.Address!).Where(address => address.Tags.ContainsKey("podeip-cluster")).Select(address => address.Id).Order(),
                    scene.OwnAddresses.Select(address => address.Id).Order());
            },
            TimeSpan.FromMinutes(2), "each Pod to be bound to an address of its own, and none left over", Ct);
        return all;
    }

    /// <summary>Delays what a controller asks for next, and waits until so many calls are under way.</summary>
    private protected static async Task DelayAsync(Scene scene, ControllerRun controller, string action, double seconds, int count, Func<Task> cause)
    {
        var fault = scene.Cloud.Gate.Faults.Inject(new Fault { Kind = FaultKind.Delay, Action = action, Seconds = seconds, Count = count, SecretId = controller.SecretId });
        await cause();
        await Eventually.BecomesTrueAsync(() => scene.Cloud.Gate.Faults.All.All(f => f.Id != fault.Id), description: $"{count} {action} to be under way", cancellation: Ct);
    }

    /// <summary>Nothing was unbound or released of these.</summary>
    private protected static void AssertUntouched(Scene scene, params string[] ids)
    {
        foreach (var call in scene.Calls.Read("DisassociateAddress").Concat(scene.Calls.Read("ReleaseAddresses")))
        {
            Assert.DoesNotContain(ids, id => call.Subject.Contains(id, StringComparison.Ordinal));
        }
    }

    private protected static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";
}
