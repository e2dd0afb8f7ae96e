using PodEip.Api;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.FaultTests.Outages;

/// <summary>Temporary credentials of the machine's role, which end, are refused, and are away for a while.</summary>
[Collection(Stage.Outages)]
public sealed class CredentialTests(Stage stage, ITestOutputHelper output) : OutageScene(stage, output)
{
    private const string Role = "IPAMDofTKE_QCSRole";
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(16);

    private static readonly SceneOptions ByRole = new() { Name = "role", Cvms = 3, Flags = "--leader-elect=false", Role = Role };

    [Fact]
    public async Task Credentials_that_end_are_renewed_in_time_and_nobody_notices()
    {
        var (scene, space) = await OpenAsync("role", ByRole with { Name = "short-lived", Cloud = SceneOptions.Plenty with { RoleCredentialLife = Life } });
        var pods = 0;
        await Eventually.BecomesTrueAsync(
            async token =>
            {
                var name = $"pod-{pods++}";
                await scene.CreateAsync(space, Pods.New(name), token);
                await scene.BoundAsync(space, name, token);
                return KeysUsed(scene).Count >= 3;
            },
            description: "three credentials, one after another", cancellation: Ct);
        Output.WriteLine($"{pods} Pods bound one by one under {KeysUsed(scene).Count} credentials of {Life.TotalSeconds} s each");
        Assert.DoesNotContain(scene.Calls.Counters, counter => counter.Errors.Keys.Any(code => code.StartsWith("AuthFailure", StringComparison.Ordinal)));
        await SettledAsync(scene, space, pods);
    }

    [Fact]
    public async Task A_refused_credential_is_fetched_anew_once_and_the_call_repeated()
    {
        var (scene, space) = await OpenAsync("role", ByRole);
        await scene.CreateAsync(space, Pods.New("before"), Ct);
        await scene.BoundAsync(space, "before", Ct);
        scene.Calls.Clear();
        Revoke(scene);
        await scene.CreateAsync(space, Pods.New("pod"), Ct);
        await scene.BoundAsync(space, "pod", Ct);
        var refused = scene.Calls.Counters.Sum(counter => counter.Errors.GetValueOrDefault("AuthFailure.SecretIdNotFound"));
        Output.WriteLine($"{refused} calls were refused before the next credential was there");
        Assert.InRange(refused, 1, 5);
        Assert.Single(KeysUsed(scene));
    }

    [Fact]
    public async Task Without_the_role_it_is_said_and_hardly_tried_and_heals_when_the_role_is_back()
    {
        var (scene, space) = await OpenAsync("role", ByRole);
        await scene.CreateAsync(space, Pods.New("before", isFixed: true), Ct);
        var before = await scene.BoundAsync(space, "before", Ct);
        scene.Calls.Clear();
        scene.Model.Access.MetadataRole = null;
        Revoke(scene);
        try
        {
            await scene.CreateAsync(space, Pods.New("pod"), Ct);
            var waits = await scene.WaitsForAsync(space, "pod", Reasons.Unauthorized, Ct);
            Assert.Contains("AuthFailure.SecretIdNotFound", waits.Claim!.Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
            var begun = scene.Cloud.Clock.GetUtcNow();
            await Eventually.BecomesTrueAsync(() => scene.Cloud.Clock.GetUtcNow() - begun >= TimeSpan.FromSeconds(10), description: "a time without the role", cancellation: Ct);
            var tried = scene.Calls.Counters.Sum(counter => counter.Calls);
            Output.WriteLine($"{tried} calls in more than ten seconds without credentials");
            Assert.InRange(tried, 1, 12);
        }
        finally
        {
            scene.Model.Access.MetadataRole = Role;
        }

        await scene.BoundAsync(space, "pod", Ct);
        var after = await SettledAsync(scene, space, 2);
        Assert.Equal(before.Address!.Id, after["before"].Address!.Id);
        AssertUntouched(scene, before.Address.Id);
    }

    private static List<string> KeysUsed(Scene scene) => [.. scene.Calls.Read(code: "").Select(call => call.SecretId).OfType<string>().Distinct()];

    private static void Revoke(Scene scene)
    {
        foreach (var key in scene.Model.Access.List().Keys.Where(key => key.RoleName == Role))
        {
            scene.Model.Access.RemoveKey(key.SecretId);
        }
    }
}
