using PodEip.Api;
using PodEip.CloudSim.Model;
using PodEip.Kubernetes.Objects;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.ClusterTests.Cases;

/// <summary>What Kubernetes loses, the cloud keeps: no address is touched, and all of them are recognised again.</summary>
[Collection(Stage.Alone)]
public sealed class LossTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private static readonly string[] Writes = ["AllocateAddresses", "AssociateAddress", "DisassociateAddress", "ReleaseAddresses", "ModifyAddressAttribute"];


    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Statuses_that_are_wiped_are_written_anew_from_what_is(bool underRestart)
    {
        var (scene, space) = await OpenAsync("wiped", SceneOptions.Troubled);
        var before = await PrepareAsync(scene, space);
        if (underRestart)
        {
            await scene.Controller.StopAsync();
        }

        foreach (var claim in await scene.ClaimsAsync(space, Ct))
        {
            await scene.WipeStatusAsync(claim, Ct);
        }

        if (underRestart)
        {
            scene.Controller.Start();
        }

        await AsBeforeAsync(scene, space, before);
        AssertNoWrites(scene);
    }

    [Fact]
    public async Task Deleting_the_CRD_is_no_reclaim_and_its_return_adopts_everything()
    {
        var (scene, space) = await OpenAsync("uninstall", SceneOptions.Troubled);
        var before = await PrepareAsync(scene, space);
        var addresses = Truth(scene);
        await scene.Api.DeleteAsync(Manifests.CrdPath(PodEipNames.CrdName), preconditions: null, propagation: null, Ct);
        await Eventually.BecomesTrueAsync(
            async token => await scene.Api.GetAsync(Manifests.CrdPath(PodEipNames.CrdName), KubernetesJsonContext.Default.PartialObject, token) is null, description: "the CRD to be gone, with all claims", cancellation: Ct);
        AssertNoWrites(scene);
        Assert.Equal(addresses, Truth(scene));

        // Installed again, and another process.
        await scene.Controller.StopAsync();
        await scene.InstallCrdAsync(Ct);
        scene.Controller.Start();
        await AsBeforeAsync(scene, space, before, sameClaims: false);
        AssertNoWrites(scene);
        Assert.Equal(addresses, Truth(scene));
    }

    /// <summary>Two bound claims of each kind; nothing is under way.</summary>
    private static async Task<IReadOnlyDictionary<string, Sight>> PrepareAsync(Scene scene, string space)
    {
        string[] given = [scene.GiveAddress().Id, scene.GiveAddress().Id];
        await scene.CreateAllAsync(
            space,
            [
                .. Enumerable.Range(0, 2).Select(i => Pods.New($"own-{i}")),
                .. Enumerable.Range(0, 2).Select(i => Pods.New($"fixed-{i}", isFixed: true)),
                .. Enumerable.Range(0, 2).Select(i => Pods.Given($"given-{i}", given)),
            ],
            Ct);
        var before = await scene.AllBoundAsync(space, 6, Ct);
        await Eventually.BecomesTrueAsync(() => scene.OwnAddresses.Count == 4, cancellation: Ct);
        scene.Calls.Clear();
        return before;
    }

    private static async Task AsBeforeAsync(Scene scene, string space, IReadOnlyDictionary<string, Sight> before, bool sameClaims = true)
    {
        var after = await scene.AllBoundAsync(space, before.Count, Ct, TimeSpan.FromSeconds(90));
        foreach (var (name, sight) in before)
        {
            Assert.Equal((sight.Address!.Id, sight.PublicIp, sight.Pod!.Metadata.Uid), (after[name].Address!.Id, after[name].PublicIp, after[name].Pod!.Metadata.Uid));
            Assert.Equal(sight.Claim!.Spec, after[name].Claim!.Spec);
            Assert.Equal(sameClaims, sight.Claim.Metadata.Uid == after[name].Claim!.Metadata.Uid);
        }
    }

    private static List<(string, string?, AddressStatus, string?)> Truth(Scene scene) => [.. scene.Model.Addresses.Select(a => (a.Id, a.Name, a.Status, a.PrivateIp))];

    private static void AssertNoWrites(Scene scene) => Assert.Empty(Writes.SelectMany(action => scene.Calls.Read(action)));
}
