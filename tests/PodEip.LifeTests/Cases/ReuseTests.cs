using PodEip.Api;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.LifeTests.Cases;

/// <summary>B2 on a real API server: what one Pod frees serves the next, after its rest.</summary>
[Collection(Stage.Alone)]
public sealed class ReuseTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private static readonly SceneOptions Reusing = SceneOptions.Troubled with
    {
        Name = "reusing", Cloud = SceneOptions.Plenty with { TotalQuota = 2 },
        Flags = "--reuse --reuse-cooldown 6s --reuse-max-idle 1 --reuse-max-idle-time 25s --quota-refresh 2s",
    };

    [Fact]
    public async Task A_freed_address_rests_serves_again_makes_room_and_is_not_kept_for_ever()
    {
        var (scene, space) = await OpenAsync("reuse", Reusing);
        await scene.CreateAsync(space, Pods.New("one"), Ct);
        var first = (await scene.BoundAsync(space, "one", Ct)).Address!;
        await scene.EndPodAsync(space, "one", Ct);
        await scene.GoneAsync(space, "one", Ct);
        var freed = TimeProvider.System.GetTimestamp();
        await Eventually.BecomesTrueAsync(() => TimeProvider.System.GetElapsedTime(freed) > TimeSpan.FromSeconds(7), description: "its rest to be over", cancellation: Ct);
        Assert.Equal(first.Id, Assert.Single(scene.OwnAddresses).Id);

        await scene.CreateAsync(space, Pods.New("two"), Ct);
        Assert.Equal(first.Id, (await scene.BoundAsync(space, "two", Ct)).Address!.Id);
        Assert.Equal(1, scene.Calls.CountOf("AllocateAddresses"));

        // Two may be held: the one that rests goes back when a claim wants another kind.
        await scene.CreateAsync(space, Pods.New("three"), Ct);
        await scene.BoundAsync(space, "three", Ct);
        await scene.EndPodAsync(space, "three", Ct);
        await scene.CreateAsync(space, Pods.New("four", """{"Bandwidth":"5"}"""), Ct);
        Assert.Equal(5, (await scene.BoundAsync(space, "four", Ct)).Address!.Bandwidth);

        await scene.EndPodAsync(space, "two", Ct);
        await scene.EndPodAsync(space, "four", Ct);
        await Eventually.BecomesTrueAsync(() => scene.OwnAddresses.Count == 0, description: "idle addresses to be given back", cancellation: Ct);
    }

    [Fact]
    public async Task A_claim_that_the_quota_forbids_waits_for_the_address_that_rests()
    {
        var (scene, space) = await OpenAsync("reuse", Reusing);
        await scene.CreateAsync(space, Pods.New("one"), Ct);
        await scene.CreateAsync(space, Pods.New("two"), Ct);
        await scene.BoundAsync(space, "two", Ct);
        var first = (await scene.BoundAsync(space, "one", Ct)).Address!;
        await scene.CreateAsync(space, Pods.New("three"), Ct);
        await scene.WaitsForAsync(space, "three", Reasons.QuotaExceeded, Ct);
        await scene.EndPodAsync(space, "one", Ct);
        Assert.Equal(first.Id, (await scene.BoundAsync(space, "three", Ct)).Address!.Id);
        await scene.DeletePodAsync(space, "two", Ct);
        await scene.DeletePodAsync(space, "three", Ct);
        await Eventually.BecomesTrueAsync(() => scene.OwnAddresses.Count == 0, description: "idle addresses to be given back", cancellation: Ct);
    }
}
