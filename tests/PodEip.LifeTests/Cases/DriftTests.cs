using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.CloudSim.Model;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.LifeTests.Cases;

/// <summary>B5: others act on our addresses at the console; the controller notices at its next list.</summary>
[Collection(Stage.Alone)]
public sealed class DriftTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private static readonly SceneOptions Repair = new() { Name = "drift", Cvms = 2, Resync = "2s" };
    private static readonly SceneOptions Report = new() { Name = "drift-report", Cvms = 2, Resync = "2s", Flags = "--drift=Report" };
    private static readonly SceneOptions Ignore = new() { Name = "drift-ignore", Cvms = 2, Resync = "2s", Flags = "--drift=Ignore" };

    private static Task<Sight> MadeUpAsync(Scene scene, string space, string name, string unlike) =>
        scene.SeesAsync(space, name, sight => sight.IsBound && sight.Address!.Id != unlike, Ct, TimeSpan.FromSeconds(90));

    [Fact]
    public async Task What_was_unbound_released_or_untagged_is_put_right()
    {
        var (scene, space) = await OpenAsync("repair", Repair);
        string[] given = [scene.GiveAddress().Id];
        await scene.CreateAllAsync(space, [Pods.New("unbound"), Pods.New("released"), Pods.New("untagged", isFixed: true), Pods.Given("given", given)], Ct);
        var before = await scene.AllBoundAsync(space, 4, Ct);
        await PassReadLagAsync(scene);

        scene.Model.ForceUnbind(before["unbound"].Address!.Id);
        scene.Model.ForceUnbind(given[0]);
        scene.Model.ChangeAddress(before["untagged"].Address!.Id, a => a with { Tags = ElasticAddress.NoTags });
        scene.Model.ForceRelease(before["released"].Address!.Id);
        Assert.Equal(before["unbound"].Address!.Id, (await RightAsync(scene, space, "unbound")).Address!.Id);
        Assert.Equal(given[0], (await RightAsync(scene, space, "given")).Address!.Id);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(before["untagged"].Address!.Id)!.Tags.ContainsKey("podeip-cluster"), description: "the tag to be back", cancellation: Ct);
        await MadeUpAsync(scene, space, "released", unlike: before["released"].Address!.Id);
        Assert.Equal(3, scene.OwnAddresses.Count);
        await scene.EndPodAsync(space, "unbound", Ct);
        await Eventually.BecomesTrueAsync(() => scene.OwnAddresses.Count == 2, cancellation: Ct);
    }

    [Fact]
    public async Task A_tag_removed_while_no_controller_ran_is_found_missing_through_the_claim()
    {
        var (scene, space) = await OpenAsync("untagged", Repair);
        await scene.CreateAsync(space, Pods.New("pod"), Ct);
        var before = await scene.BoundAsync(space, "pod", Ct);
        await scene.Controller.KillAsync(Ct);
        scene.Model.ChangeAddress(before.Address!.Id, a => a with { Tags = ElasticAddress.NoTags });
        scene.Controller.Start();
        await Eventually.BecomesTrueAsync(() => scene.OwnAddresses.Count == 1, description: "the tag to be back", cancellation: Ct);
        await scene.EndPodAsync(space, "pod", Ct);
        await scene.GoneAsync(space, "pod", Ct);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(before.Address.Id) is null, description: "it to be given back", cancellation: Ct);
    }

    [Fact]
    public async Task What_was_changed_is_reported_and_left_where_the_operator_says_so()
    {
        var (scene, space) = await OpenAsync("report", Report);
        await scene.CreateAllAsync(space, [Pods.New("unbound"), Pods.New("released"), Pods.New("untagged"), Pods.New("arrears")], Ct);
        var before = await scene.AllBoundAsync(space, 4, Ct);
        await PassReadLagAsync(scene);
        scene.Calls.Clear();

        scene.Model.ForceUnbind(before["unbound"].Address!.Id);
        scene.Model.ForceRelease(before["released"].Address!.Id);
        scene.Model.ChangeAddress(before["untagged"].Address!.Id, a => a with { Tags = ElasticAddress.NoTags });
        scene.Model.ChangeAddress(before["arrears"].Address!.Id, a => a with { IsArrears = true });
        var unbound = await scene.SeesAsync(space, "unbound", sight => sight.Reason == Reasons.Drifted && sight.PublicIp is null, Ct);
        Assert.Equal(ClaimPhase.Failed, unbound.Claim!.Status.Phase);
        await scene.EventAsync(space, "Pod", "unbound", EventReasons.DriftedEIP, Ct);
        await scene.SeesAsync(space, "released", sight => sight.Reason == Reasons.AddressNotFound && sight.PublicIp is null, Ct, TimeSpan.FromSeconds(90));
        Assert.Equal(ClaimPhase.Bound, (await scene.WaitsForAsync(space, "untagged", Reasons.AddressTagLost, Ct)).Claim!.Status.Phase);
        Assert.Equal(ClaimPhase.Bound, (await scene.WaitsForAsync(space, "arrears", Reasons.AddressUnusable, Ct)).Claim!.Status.Phase);
        foreach (var action in (string[])["AllocateAddresses", "AssociateAddress", "DisassociateAddress", "ReleaseAddresses", "TagResources"])
        {
            Assert.Empty(scene.Calls.Read(action));
        }

        // What the user may do about it.
        await scene.DeleteClaimAsync(space, "unbound", Ct);
        await scene.SeesAsync(space, "unbound", sight => sight.IsBound, Ct);
        await scene.DeleteClaimAsync(space, "released", Ct);
        await MadeUpAsync(scene, space, "released", unlike: before["released"].Address!.Id);
        scene.Model.ChangeAddress(before["arrears"].Address!.Id, a => a with { IsArrears = false });
        await scene.SeesAsync(space, "arrears", sight => sight.IsBound, Ct, TimeSpan.FromSeconds(60));
        await scene.EndPodAsync(space, "untagged", Ct);
        await scene.GoneAsync(space, "untagged", Ct);
        await scene.Controller.Process.LineAsync(
            line => line.Contains($"{before["untagged"].Address!.Id}", StringComparison.Ordinal) && line.Contains("lost its tag and its claim", StringComparison.Ordinal), "what is left behind", cancellation: Ct);
        Assert.Equal(AddressStatus.Unbind, scene.Model.FindAddress(before["untagged"].Address!.Id)!.Status);
        scene.Model.ForceRelease(before["untagged"].Address!.Id);
    }

    [Fact]
    public async Task Ignored_drift_leaves_a_true_status_and_no_warning()
    {
        var (scene, space) = await OpenAsync("ignore", Ignore);
        await scene.CreateAsync(space, Pods.New("pod"), Ct);
        var before = await scene.BoundAsync(space, "pod", Ct);
        await PassReadLagAsync(scene);
        scene.Model.ForceUnbind(before.Address!.Id);
        var after = await scene.SeesAsync(space, "pod", sight => sight.Reason == Reasons.Drifted && sight.PublicIp is null, Ct);
        Assert.Equal(ClaimPhase.Allocated, after.Claim!.Status.Phase);
        Assert.Equal(AddressStatus.Unbind, after.Address!.Status);
        var events = await scene.Client.CoreV1.ListNamespacedEventAsync(space, cancellationToken: Ct);
        Assert.DoesNotContain(events.Items, e => e.Type == "Warning" && e.Reason == EventReasons.DriftedEIP);
    }

    [Fact]
    public async Task An_address_that_became_another_clusters_is_let_go_and_not_touched()
    {
        var (scene, space) = await OpenAsync("retagged", Repair);
        await scene.CreateAsync(space, Pods.New("pod"), Ct);
        var before = await scene.BoundAsync(space, "pod", Ct);
        await PassReadLagAsync(scene);
        scene.Calls.Clear();
        var tag = scene.OwnAddresses[0].Tags["podeip-cluster"];
        scene.Model.ChangeAddress(before.Address!.Id, a => a with { Tags = ElasticAddress.NoTags.Add("podeip-cluster", tag[..(tag.IndexOf('/', StringComparison.Ordinal) + 1)] + "another-uid") });
        await scene.WaitsForAsync(space, "pod", Reasons.AddressTagLost, Ct);
        await scene.EndPodAsync(space, "pod", Ct);
        await scene.GoneAsync(space, "pod", Ct);
        Assert.Empty(scene.Calls.Read("ReleaseAddresses"));
        Assert.Empty(scene.Calls.Read("TagResources"));
        Assert.Empty(scene.Calls.Read("DisassociateAddress"));
        scene.Model.ForceRelease(before.Address.Id);
    }

    /// <summary>What was just bound and reads as free is rather a late read: only after a while is it drift.</summary>
    private static async Task PassReadLagAsync(Scene scene)
    {
        var since = TimeProvider.System.GetTimestamp();
        await Eventually.BecomesTrueAsync(() => TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(21) && scene.OwnAddresses.Count > 0, TimeSpan.FromSeconds(40), "reads to be trusted again", Ct);
    }

    private static Task<Sight> RightAsync(Scene scene, string space, string name) => scene.SeesAsync(space, name, sight => sight.IsBound, Ct, TimeSpan.FromSeconds(60));
}
