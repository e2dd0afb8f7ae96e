using k8s.Models;
using PodEip.Api;
using PodEip.Scenes;
using Xunit;

namespace PodEip.ClusterTests.Cases;

/// <summary>B8: Pods that aren't ready before their address is bound, and no longer than that.</summary>
public sealed class ReadinessGateTests(Stage stage) : SharedScene(stage)
{
    private const string Warm = "example.com/warm";

    private static V1Pod Gated(V1Pod pod)
    {
        pod.Spec.ReadinessGates = [new V1PodReadinessGate { ConditionType = PodEipNames.ReadinessGate }];
        return pod;
    }

    private static V1PodCondition? Condition(Sight sight, string type) => sight.Pod?.Status.Conditions?.FirstOrDefault(c => c.Type == type);

    private static bool Says(Sight sight, string type, string status) => Condition(sight, type)?.Status == status;

    [Fact]
    public async Task A_Pod_is_ready_while_its_address_is_bound_and_conditions_of_others_stay()
    {
        var (scene, space) = await OpenAsync("gate");
        var given = scene.GiveAddress().Id;
        scene.Model.ForceBindInstance(given, "nat-1a2b3c4d", "NAT");
        await scene.CreateAsync(space, Gated(Pods.Given("pod", given)), Ct);

        // It runs, and is not ready; its own condition says why.
        var waiting = await scene.SeesAsync(space, "pod", sight => sight.Pod?.Status.Phase == "Running" && Says(sight, PodEipNames.ReadinessGate, "False"), Ct);
        Assert.Equal((Reasons.AddressBoundOutside, "False"), (Condition(waiting, PodEipNames.ReadinessGate)!.Reason, Condition(waiting, "Ready")!.Status));
        await scene.Client.CoreV1.PatchNamespacedPodStatusAsync(
            new V1Patch("""{"status":{"conditions":[{"type":"example.com/warm","status":"True","reason":"Warm"}]}}""", V1Patch.PatchType.StrategicMergePatch), "pod", space, cancellationToken: Ct);

        scene.Model.ForceUnbind(given);
        var ready = await scene.SeesAsync(space, "pod", sight => sight.IsBound && Says(sight, "Ready", "True"), Ct);
        Assert.Equal(("True", Reasons.Bound), (Condition(ready, PodEipNames.ReadinessGate)!.Status, Condition(ready, PodEipNames.ReadinessGate)!.Reason));
        Assert.Contains(ready.PublicIp!, Condition(ready, PodEipNames.ReadinessGate)!.Message, StringComparison.Ordinal);

        // Somebody takes it away at the console.
        scene.Model.ForceUnbind(given);
        scene.Model.ForceBindInstance(given, "nat-1a2b3c4d", "NAT");
        var lost = await scene.SeesAsync(space, "pod", sight => Says(sight, "Ready", "False") && Says(sight, PodEipNames.ReadinessGate, "False"), Ct, TimeSpan.FromSeconds(90));
        Assert.Equal(Reasons.AddressBoundOutside, Condition(lost, PodEipNames.ReadinessGate)!.Reason);
        Assert.All((Sight[])[ready, lost], sight => Assert.Equal("Warm", Condition(sight, Warm)?.Reason));
    }

    [Fact]
    public async Task A_Pod_whose_demand_cannot_be_read_and_one_that_asks_for_nothing_are_told_so()
    {
        var (scene, space) = await OpenAsync("gate");
        await scene.CreateAllAsync(space, [Gated(Pods.New("wrong", attributes: """{"ISP":"XYZ"}""")), Gated(Pods.New("idle", attributes: null)), Pods.New("plain")], Ct);
        var wrong = await scene.SeesAsync(space, "wrong", sight => Says(sight, PodEipNames.ReadinessGate, "False"), Ct);
        Assert.Equal(Reasons.InvalidAnnotation, Condition(wrong, PodEipNames.ReadinessGate)!.Reason);
        var idle = await scene.SeesAsync(space, "idle", sight => Says(sight, PodEipNames.ReadinessGate, "False"), Ct);
        Assert.Equal(Reasons.Unbound, Condition(idle, PodEipNames.ReadinessGate)!.Reason);
        Assert.Null(Condition(await scene.BoundAsync(space, "plain", Ct), PodEipNames.ReadinessGate));
    }
}
