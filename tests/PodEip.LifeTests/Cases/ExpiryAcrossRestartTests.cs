using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.LifeTests.Cases;

/// <summary>S10: <c>--claim-expired-duration</c>, counted from what the status says and not from a process's start.</summary>
[Collection(Stage.Alone)]
public sealed class ExpiryAcrossRestartTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private static readonly SceneOptions AnHour = new() { Name = "expiry", Cvms = 2, Flags = "--claim-expired-duration=1h" };

    [Fact]
    public async Task A_time_that_ended_while_nobody_led_ends_the_claim_and_one_that_did_not_goes_on()
    {
        var (scene, space) = await OpenAsync("expiry", AnHour);
        var over = await ExpiryTests.RetainedAsync(scene, space, ExpiryTests.Expiring("over", null));
        var kept = await ExpiryTests.RetainedAsync(scene, space, ExpiryTests.Expiring("kept", null));
        var longer = await ExpiryTests.RetainedAsync(scene, space, ExpiryTests.Expiring("longer", "3h"));
        await scene.Controller.StopAsync();
        await scene.RetainedBeforeAsync(space, "over", TimeSpan.FromHours(2), Ct);
        await scene.RetainedBeforeAsync(space, "kept", TimeSpan.FromMinutes(50), Ct);
        await scene.RetainedBeforeAsync(space, "longer", TimeSpan.FromHours(2), Ct);
        scene.Controller.Start();

        await scene.GoneAsync(space, "over", Ct);
        await scene.EventAsync(space, "EIPClaim", "over", EventReasons.ExpiredEIP, Ct);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(over.Address!.Id) is null, description: "the address to be released", cancellation: Ct);
        foreach (var (name, address) in new[] { ("kept", kept.Address!), ("longer", longer.Address!) })
        {
            var still = await scene.SeesAsync(space, name, sight => sight.Claim?.Status.Condition(ConditionTypes.Ready)?.Message.Contains("until", StringComparison.Ordinal) ?? false, Ct);
            Assert.Equal((ClaimPhase.Retained, address.Id, address.Name), (still.Claim!.Status.Phase, still.Address!.Id, still.Address.Name));
        }
    }
}
