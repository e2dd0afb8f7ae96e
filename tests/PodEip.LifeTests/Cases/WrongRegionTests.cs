using PodEip.Api;
using PodEip.Scenes;
using PodEip.TestKit.Processes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.LifeTests.Cases;

/// <summary>Another region or account by mistake: everything looks gone, and nothing is bought again or released.</summary>
[Collection(Stage.Alone)]
public sealed class WrongRegionTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private static readonly SceneOptions Region = new() { Name = "region", Cvms = 2, Resync = "2s" };

    [Fact]
    public async Task A_start_with_another_region_is_refused_while_claims_hold_addresses()
    {
        var (scene, space) = await OpenAsync("region", Region);
        await scene.CreateAsync(space, Pods.New("pod"), Ct);
        var before = await scene.BoundAsync(space, "pod", Ct);
        await scene.Controller.StopAsync();
        scene.Calls.Clear();
        string[] flags = [.. scene.Controller.Flags];
        flags[Array.IndexOf(flags, "--region") + 1] = "ap-shanghai";
        await using (var wrong = ProcessUnderTest.Start("podeip-controller", flags, new Dictionary<string, string?> { ["TENCENTCLOUD_SECRET_ID"] = "a", ["TENCENTCLOUD_SECRET_KEY"] = "b" }))
        {
            var line = await wrong.LineAsync(text => text.Contains("Can't start", StringComparison.Ordinal), "why it can't start", cancellation: Ct);
            Assert.All(["ap-shanghai", scene.Model.Settings.Region, "of 1 claims", "kubectl delete configmap"], word => Assert.Contains(word, line, StringComparison.Ordinal));
            Assert.Equal(1, await wrong.ExitCodeAsync(cancellation: Ct));
        }

        Assert.Empty(scene.Calls.Read("DescribeAddresses"));
        scene.Controller.Start();
        await scene.Controller.ReadyAsync(Ct);
        Assert.Equal(before.Address!.Id, (await scene.BoundAsync(space, "pod", Ct)).Address!.Id);
    }

    [Fact]
    public async Task When_most_addresses_are_missing_at_once_claims_wait_and_heal()
    {
        var (scene, space) = await OpenAsync("gone", Region);
        await scene.CreateAllAsync(space, Enumerable.Range(0, 4).Select(i => Pods.New($"pod-{i}", isFixed: i == 0)), Ct);
        var before = await scene.AllBoundAsync(space, 4, Ct);
        scene.Calls.Clear();
        var addresses = before.Values.Select(sight => scene.Model.FindAddress(sight.Address!.Id)!).ToList();
        addresses.ForEach(address => scene.Model.ForceRelease(address.Id));
        foreach (var name in before.Keys)
        {
            await scene.WaitsForAsync(space, name, Reasons.CloudLooksWrong, Ct);
        }

        await scene.Controller.Process.LineAsync(line => line.Contains("The cloud looks wrong: ", StringComparison.Ordinal), "the cloud looks wrong", cancellation: Ct);

        // Well after an absence would have counted, nothing was given up or bought.
        var since = TimeProvider.System.GetTimestamp();
        await Eventually.BecomesTrueAsync(() => TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(35), TimeSpan.FromSeconds(60), "reads to be late enough", Ct);
        Assert.Empty(scene.Calls.Read("AllocateAddresses"));
        Assert.Empty(scene.Calls.Read("ReleaseAddresses"));
        foreach (var (name, sight) in before)
        {
            Assert.Equal(sight.Address!.Id, (await scene.ClaimAsync(space, name, Ct))!.Status.AddressId);
        }

        // The cloud shows them again: as free ones, since their bindings are lost here. They are bound again.
        addresses.ForEach(a => scene.Model.AddAddress(a.Id, a.PublicIp, a.Name, a.Tags));
        var after = await scene.AllBoundAsync(space, 4, Ct, TimeSpan.FromSeconds(120));
        Assert.All(before, pair => Assert.Equal(pair.Value.Address!.Id, after[pair.Key].Address!.Id));
        Assert.Empty(scene.Calls.Read("AllocateAddresses"));
    }
}
