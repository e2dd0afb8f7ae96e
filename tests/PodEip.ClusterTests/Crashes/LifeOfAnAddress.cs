using k8s.Models;
using PodEip.Api.Resources;
using PodEip.ClusterTests.Scenes;
using PodEip.CloudSim.Model;

namespace PodEip.ClusterTests.Crashes;

/// <summary>Everything that can happen to an address, in an order in which it can.</summary>
internal static class LifeOfAnAddress
{
    private const string Own = "own";
    private const string Fixed = "fixed-0";
    private const string Given = "given";
    private const string GivenId = "eip-matrix01";

    public static IReadOnlyList<Chapter> Chapters { get; } =
    [
        new("allocate and bind", (s, ns, ct) => s.CreateAsync(ns, Pods.New(Own), ct), (s, ns, ct) => IsBoundAsync(s, ns, Own, ct)),
        new("allocate and bind, fixed", (s, ns, ct) => s.CreateStatefulSetAsync(ns, "fixed", 1, Pods.Annotations(isFixed: true), ct), (s, ns, ct) => IsBoundAsync(s, ns, Fixed, ct)),
        new("bind a given one", BeginGivenAsync, (s, ns, ct) => IsBoundAsync(s, ns, Given, ct)),
        new("retain", (s, ns, ct) => ScaleAsync(s, ns, 0, ct), IsRetainedAsync),
        new("return", (s, ns, ct) => ScaleAsync(s, ns, 1, ct), (s, ns, ct) => IsBoundAsync(s, ns, Fixed, ct)),
        new("unbind and release", (s, ns, ct) => s.EndPodAsync(ns, Own, ct), async (s, ns, ct) => await s.ClaimAsync(ns, Own, ct) is null && s.OwnAddresses.Count == 1),
        new("free a given one", (s, ns, ct) => s.EndPodAsync(ns, Given, ct), async (s, ns, ct) => await s.ClaimAsync(ns, Given, ct) is null && s.Model.FindAddress(GivenId) is { Status: AddressStatus.Unbind }),
        new("delete the claim of a living Pod", (s, ns, ct) => s.DeleteClaimAsync(ns, Fixed, ct), (s, ns, ct) => IsBoundAsync(s, ns, Fixed, ct, own: 1)),
    ];

    private static async Task<bool> IsBoundAsync(Scene scene, string space, string name, CancellationToken cancellation, int? own = null) =>
        (await scene.LookAsync(space, name, cancellation)).IsBound && (own is null || scene.OwnAddresses.Count == own);

    private static async Task BeginGivenAsync(Scene scene, string space, CancellationToken cancellation)
    {
        scene.GiveAddress(GivenId);
        await scene.CreateAsync(space, Pods.Given(Given, GivenId), cancellation);
    }

    private static async Task ScaleAsync(Scene scene, string space, int replicas, CancellationToken cancellation)
    {
        await scene.Client.AppsV1.PatchNamespacedStatefulSetAsync(
            new V1Patch($$$"""{"spec":{"replicas":{{{replicas}}}}}""", V1Patch.PatchType.MergePatch), "fixed", space, cancellationToken: cancellation);
        await TestKit.Waiting.Eventually.BecomesTrueAsync(
            async token => (await scene.LookAsync(space, Fixed, token)).Pod is not null == replicas > 0, description: $"{replicas} Pods", cancellation: cancellation);
    }

    private static async Task<bool> IsRetainedAsync(Scene scene, string space, CancellationToken cancellation) =>
        await scene.LookAsync(space, Fixed, cancellation) is { Claim.Status.Phase: ClaimPhase.Retained, Address.Status: AddressStatus.Unbind };
}
