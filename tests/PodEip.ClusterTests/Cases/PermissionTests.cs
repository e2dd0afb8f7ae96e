using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.CloudSim;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.ClusterTests.Cases;

/// <summary>What the credentials may not do is named where people look, and heals without a restart.</summary>
[Collection(Stage.Alone)]
public sealed class PermissionTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    [Theory]
    [InlineData("AllocateAddresses", EventReasons.FailedAllocateEIP)]
    [InlineData("AssociateAddress", EventReasons.FailedAssociateEIP)]
    public async Task A_permission_that_is_missing_is_named_and_heals_when_granted(string action, string reason)
    {
        var (scene, space) = await OpenAsync("denied", SceneOptions.Troubled);
        try
        {
            Deny(scene, $"cvm:{action}");
            await scene.CreateAsync(space, Pods.New("pod"), Ct);
            var waits = await scene.WaitsForAsync(space, "pod", Reasons.Unauthorized, Ct);
            Assert.Equal(ClaimPhase.Failed, waits.Claim!.Status.Phase);
            Assert.Contains($"cvm:{action}", waits.Claim.Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
            foreach (var kind in (string[])["Pod", "EIPClaim"])
            {
                Assert.Contains($"cvm:{action}", (await scene.EventAsync(space, kind, "pod", reason, Ct)).Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            Deny(scene);
        }

        await scene.BoundAsync(space, "pod", Ct);
        Assert.Single(scene.OwnAddresses);
        Output.WriteLine($"{action} was tried {scene.Calls.Read(action).Count} times, once a second at most; healed without a restart");
    }

    [Fact]
    public async Task A_release_that_is_not_allowed_is_made_up_for_when_it_is()
    {
        var (scene, space) = await OpenAsync("denied", SceneOptions.Troubled);
        await scene.CreateAsync(space, Pods.New("pod"), Ct);
        await scene.BoundAsync(space, "pod", Ct);
        try
        {
            Deny(scene, "cvm:ReleaseAddresses");
            await scene.EndPodAsync(space, "pod", Ct);
            await scene.GoneAsync(space, "pod", Ct);
            await Eventually.BecomesTrueAsync(() => scene.Calls.Read("ReleaseAddresses", code: "AuthFailure.UnauthorizedOperation").Count > 0, cancellation: Ct);
            Assert.Single(scene.OwnAddresses);
        }
        finally
        {
            Deny(scene);
        }

        await Eventually.BecomesTrueAsync(() => scene.OwnAddresses.Count == 0, cancellation: Ct);
    }

    private static void Deny(Scene scene, params string[] actions)
    {
        var access = scene.Model.Access;
        access.SetKey(access.Find(CloudSimOptions.DefaultSecretId)! with { Deny = actions });
    }
}
