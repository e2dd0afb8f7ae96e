using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.CloudSim.Model;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.LifeTests.Cases;

/// <summary>What a restored backup, or an etcd from an older day, says is not what the cloud holds: nothing is lost, stolen or bound twice.</summary>
[Collection(Stage.Alone)]
public sealed class RestoreTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private static readonly string[] Destructive = ["AllocateAddresses", "DisassociateAddress", "ReleaseAddresses"];
    private static readonly SceneOptions Given = SceneOptions.Troubled with { Name = "restore", Flags = "--sweep-grace 5s" };

    [Fact]
    public async Task Claims_restored_without_status_under_living_Pods_find_their_addresses_again()
    {
        var (scene, space) = await OpenAsync("restore", Given);
        var before = await PrepareAsync(scene, space);
        var claims = await scene.ClaimsAsync(space, Ct);
        await scene.Controller.StopAsync();
        foreach (var claim in claims)
        {
            await scene.EraseClaimAsync(claim, Ct);
            await scene.RestoreClaimAsync(claim with { Status = EipClaimStatus.Empty }, Ct);
        }

        scene.Calls.Clear();
        await scene.RestartAsync(Ct);
        await AsBeforeAsync(scene, space, before);
        Assert.Empty(Destructive.SelectMany(action => scene.Calls.Read(action)));
    }

    [Fact]
    public async Task Claims_restored_without_status_and_Pods_that_start_anew_have_their_fixed_addresses()
    {
        var (scene, space) = await OpenAsync("restore", Given);
        var before = await PrepareAsync(scene, space);
        var claims = await scene.ClaimsAsync(space, Ct);
        await scene.Controller.StopAsync();
        foreach (var claim in claims)
        {
            await scene.EraseClaimAsync(claim, Ct);
        }

        foreach (var name in before.Keys.Where(name => name != "kept"))
        {
            await scene.EndPodAsync(space, name, Ct);
        }

        // A given address has no mark: one that is bound where no claim says so may be anybody's, and a person unbinds it.
        foreach (var name in (string[])["given-0", "given-1"])
        {
            scene.Model.ForceUnbind(before[name].Address!.Id);
        }

        foreach (var claim in claims)
        {
            await scene.RestoreClaimAsync(claim with { Status = EipClaimStatus.Empty }, Ct);
        }

        await CreatePodsAsync(scene, space, [.. claims.Where(c => c.Spec.AddressIds is not null).SelectMany(c => c.Spec.AddressIds!).Distinct()]);
        await scene.RestartAsync(Ct);
        await Eventually.BecomesTrueAsync(
            async token => (await scene.LookAtAllAsync(space, token)).Count(pair => pair.Value.IsBound) == 6, TimeSpan.FromSeconds(90), "all six Pods to be bound", Ct);
        foreach (var name in (string[])["fixed-0", "fixed-1", "given-0", "given-1"])
        {
            Assert.Equal(before[name].Address!.Id, (await scene.LookAsync(space, name, Ct)).Address!.Id);
        }

        Assert.Equal(before["kept"].Address!.Id, (await scene.SeesAsync(space, "kept", sight => sight.Claim!.Status.Phase == ClaimPhase.Retained, Ct)).Address!.Id);
        await Eventually.BecomesTrueAsync(() => scene.OwnAddresses.Count == 5, description: "what no claim has to be given back", cancellation: Ct);
        await AssertOneEachAsync(scene, space);
    }

    [Fact]
    public async Task An_etcd_from_an_older_day_loses_nothing()
    {
        var (scene, space) = await OpenAsync("restore", Given);
        var outside = scene.GiveAddress();
        var old = await PrepareAsync(scene, space);
        await scene.CreateAsync(space, Pods.Given("moved", outside.Id), Ct);
        await scene.CreateAsync(space, Pods.New("ended", isFixed: true), Ct);
        await scene.CreateAsync(space, Pods.New("passed"), Ct);
        await scene.BoundAsync(space, "moved", Ct);
        var ended = await scene.BoundAsync(space, "ended", Ct);
        await scene.BoundAsync(space, "passed", Ct);
        var backup = await scene.ClaimsAsync(space, Ct);

        // Since then: three claims ended, and the last one's given address went to a machine of its owner; two were made.
        foreach (var name in (string[])["moved", "ended", "passed"])
        {
            await scene.EndPodAsync(space, name, Ct);
        }

        await scene.DeleteClaimAsync(space, "ended", Ct);
        await scene.GoneAsync(space, "ended", Ct);
        await scene.GoneAsync(space, "passed", Ct);
        await scene.GoneAsync(space, "moved", Ct);
        await scene.CreateAsync(space, Pods.New("newer-fixed", isFixed: true), Ct);
        await scene.CreateAsync(space, Pods.New("newer"), Ct);
        var newerFixed = await scene.BoundAsync(space, "newer-fixed", Ct);
        var newer = await scene.BoundAsync(space, "newer", Ct);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(ended.Address!.Id) is null && scene.OwnAddresses.Count == 7, description: "the ended claims' addresses to be released", cancellation: Ct);

        // The restore: Pods and claims of that day, while nobody looks.
        await scene.Controller.StopAsync();
        var eni = scene.Model.EnisOf(scene.Cvms[0].Id).Single(e => e.IsPrimary);
        scene.Model.ForceBind(outside.Id, eni.Id, eni.Ips[0].Ip);
        foreach (var claim in await scene.ClaimsAsync(space, Ct))
        {
            await scene.EraseClaimAsync(claim, Ct);
        }

        await scene.EndPodAsync(space, "newer-fixed", Ct);
        await scene.EndPodAsync(space, "newer", Ct);

        foreach (var claim in backup)
        {
            await scene.RestoreClaimAsync(claim, Ct);
        }

        scene.Calls.Clear();
        await scene.RestartAsync(Ct);

        // What lived through it is as it was.
        await AsBeforeAsync(scene, space, old);

        // Made since: the fixed one's address is kept for its name, the other's is given back.
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(newer.Address!.Id) is null, TimeSpan.FromSeconds(90), "the newer Pod's address to be released", Ct);
        Assert.Equal("pf1-", scene.Model.FindAddress(newerFixed.Address!.Id)!.Name![..4]);

        // Ended since: what was released is said to be gone and is not replaced; claims that go with their Pods go.
        await scene.WaitsForAsync(space, "ended", Reasons.AddressNotFound, Ct);
        await scene.GoneAsync(space, "passed", Ct);
        Assert.Equal((AddressStatus.Bind, eni.Ips[0].Ip), (scene.Model.FindAddress(outside.Id)!.Status, scene.Model.FindAddress(outside.Id)!.PrivateIp));
        Assert.Equal(0, scene.Calls.CountOf("AllocateAddresses"));
        Assert.Equal(((string[])[newer.Address!.Id, newerFixed.Address!.Id]).Order(), scene.Calls.Read("DisassociateAddress").Select(call => call.Subject).Distinct().Order());

        // Its Pod comes back: so does its address.
        await scene.CreateAsync(space, Pods.New("newer-fixed", isFixed: true), Ct);
        Assert.Equal(newerFixed.Address!.Id, (await scene.BoundAsync(space, "newer-fixed", Ct)).Address!.Id);
        await AssertOneEachAsync(scene, space);
        scene.Model.ForceUnbind(outside.Id);
    }

    /// <summary>Two bound claims of each kind and one that is kept without a Pod; nothing is under way.</summary>
    private static async Task<IReadOnlyDictionary<string, Sight>> PrepareAsync(Scene scene, string space)
    {
        await scene.CreateAsync(space, Pods.New("kept", isFixed: true), Ct);
        await CreatePodsAsync(scene, space, [scene.GiveAddress().Id, scene.GiveAddress().Id]);
        await scene.AllBoundAsync(space, 7, Ct);
        await scene.EndPodAsync(space, "kept", Ct);
        await scene.SeesAsync(space, "kept", sight => sight.Claim?.Status.Phase == ClaimPhase.Retained, Ct);
        await Eventually.BecomesTrueAsync(() => scene.OwnAddresses.Count == 5, cancellation: Ct);
        return await scene.LookAtAllAsync(space, Ct);
    }

    private static Task CreatePodsAsync(Scene scene, string space, string[] given) => scene.CreateAllAsync(
        space,
        [
            .. Enumerable.Range(0, 2).Select(i => Pods.New($"own-{i}")),
            .. Enumerable.Range(0, 2).Select(i => Pods.New($"fixed-{i}", isFixed: true)),
            .. Enumerable.Range(0, 2).Select(i => Pods.Given($"given-{i}", given)),
        ],
        Ct);

    private static async Task AsBeforeAsync(Scene scene, string space, IReadOnlyDictionary<string, Sight> before)
    {
        foreach (var (name, sight) in before)
        {
            var after = name == "kept"
                ? await scene.SeesAsync(space, name, s => s.Claim is { Status: { Phase: ClaimPhase.Retained, AddressId: not null } }, Ct)
                : await scene.BoundAsync(space, name, Ct, TimeSpan.FromSeconds(90));
            Assert.Equal((sight.Address!.Id, sight.Pod?.Metadata.Uid), (after.Address!.Id, after.Pod?.Metadata.Uid));
        }
    }

    /// <summary>No address is named by two claims, and no private IP carries two (I4).</summary>
    private static async Task AssertOneEachAsync(Scene scene, string space)
    {
        var claims = await scene.ClaimsAsync(space, Ct);
        Assert.Empty(claims.Select(c => c.Status.AddressId).OfType<string>().GroupBy(id => id).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.Empty(scene.Model.Addresses.Where(a => a.IsBound && a.EniId is not null).GroupBy(a => (a.EniId, a.PrivateIp)).Where(g => g.Count() > 1).Select(g => g.Key));
    }
}
