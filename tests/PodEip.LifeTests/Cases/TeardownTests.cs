using PodEip.Api.Resources;
using PodEip.CloudSim;
using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.LifeTests.Cases;

/// <summary>A cluster is given up: everything it bought is given back, and nothing else is touched.</summary>
[Collection(Stage.Alone)]
public sealed class TeardownTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private const string OtherUid = "11111111-2222-3333-4444-555555555555";

    private static readonly string[] Reads = ["DescribeAddresses", "DescribeNetworkInterfaces"];
    private static readonly SceneOptions Given = SceneOptions.Troubled with { Name = "teardown" };

    [Fact]
    public async Task Everything_bought_goes_and_everything_else_stays()
    {
        var (scene, space) = await OpenAsync("teardown", Given);
        var strangers = await StrangersAsync(scene);
        await using var after = new Aftermath(scene, strangers);
        var all = await PrepareAsync(scene, space);
        await scene.Controller.StopAsync();

        // Somebody took a kept address of ours for a machine of his own.
        var (kept, taken) = (all["kept-0"].Address!, all["kept-1"].Address!);
        var eni = scene.Model.EnisOf(scene.Cvms[0].Id).Single(e => e.IsPrimary);
        scene.Model.ForceBind(taken.Id, eni.Id, eni.Ips[0].Ip);
        var before = Truth(scene);
        scene.Calls.Clear();

        var shown = await scene.RunCommandAsync("teardown", Ct, "--dry-run", "-o", "json");
        Assert.True(shown.Code == 0, shown.ToString());
        Assert.Equal("Leave", (string?)shown.Row(taken.Id)["action"]);
        Assert.Equal(["Release", "Release", "Unbind"], ((string[])["own-0", "kept-0", "given-0"]).Select(name => (string?)shown.Row(all[name].Address!.Id)["action"]));
        Assert.Equal(before, Truth(scene));
        Assert.All(scene.Calls.Read(), call => Assert.Contains(call.Action, Reads));
        Assert.Equal(all.Count, (await scene.ClaimsAsync(space, Ct)).Count);

        var done = await scene.RunCommandAsync("teardown", Ct);
        Output.WriteLine(done.ToString());
        Assert.Equal(1, done.Code);
        Assert.Equal(taken.Id, Assert.Single(Own(scene, await scene.MarkAsync(Ct))).Id);
        Assert.Equal(eni.Ips[0].Ip, scene.Model.FindAddress(taken.Id)!.PrivateIp);
        Assert.Contains("--include", done.Output, StringComparison.Ordinal);
        Assert.Equal("kept-1", Assert.Single(await scene.ClaimsAsync(space, Ct)).Metadata.Name);

        var rest = await scene.RunCommandAsync("teardown", Ct, "--include", $"{taken.Id},{kept.Id}");
        Assert.True(rest.Code == 0, rest.ToString());
        Assert.Empty(Own(scene, await scene.MarkAsync(Ct)));
        Assert.Empty(await scene.ClaimsAsync(space, Ct));
        foreach (var (name, sight) in all.Where(pair => pair.Value.Pod is not null))
        {
            Assert.Null((await scene.LookAsync(space, name, Ct)).PublicIp);
        }

        foreach (var name in (string[])["given-0", "given-1"])
        {
            Assert.Equal(AddressStatus.Unbind, scene.Model.FindAddress(all[name].Address!.Id)!.Status);
        }

        Assert.All(strangers, stranger => Assert.Equal(stranger, scene.Model.FindAddress(stranger.Id)));
        Assert.Equal(0, (await scene.RunCommandAsync("teardown", Ct)).Code);
    }

    [Fact]
    public async Task With_keep_fixed_addresses_stay_free_with_their_mark_and_their_claims_come_back_to_them()
    {
        var (scene, space) = await OpenAsync("teardown", Given);
        await using var after = new Aftermath(scene);
        var all = await PrepareAsync(scene, space);
        await scene.Controller.StopAsync();
        var done = await scene.RunCommandAsync("teardown", Ct, "--keep", "-o", "json");
        Assert.True(done.Code == 0, done.ToString());
        var kept = scene.OwnAddresses.ToDictionary(a => a.Id);
        Assert.Equal(((string[])["fixed-0", "kept-0", "kept-1"]).Select(name => all[name].Address!.Id).Order(), kept.Keys.Order());
        Assert.All(kept.Values, a => Assert.Equal((AddressStatus.Unbind, true), (a.Status, a.Name!.StartsWith("pf1-", StringComparison.Ordinal))));
        Assert.Equal(["fixed-0", "kept-0", "kept-1"], (await scene.ClaimsAsync(space, Ct)).Select(c => c.Metadata.Name).Order());

        await scene.RestartAsync(Ct);
        var again = await scene.BoundAsync(space, "fixed-0", Ct);
        Assert.Equal(all["fixed-0"].Address!.Id, again.Address!.Id);
    }

    [Fact]
    public async Task It_refuses_beside_a_controller_that_lives_and_waits_for_the_lease_of_one_that_died()
    {
        var (scene, space) = await OpenAsync("teardown", Given);
        await using var after = new Aftermath(scene);
        await PrepareAsync(scene, space);
        var before = Truth(scene);
        var refused = await scene.RunCommandAsync("teardown", Ct);
        Assert.Equal(1, refused.Code);
        Assert.Contains("A controller is at work", refused.Output, StringComparison.Ordinal);
        Assert.Equal(before, Truth(scene));

        // A wrong namespace does not hide it.
        Assert.Contains("A controller is at work", (await scene.RunCommandAsync("teardown", Ct, "--leader-elect-namespace", "default")).Output, StringComparison.Ordinal);
        Assert.Equal(before, Truth(scene));

        await scene.Controller.KillAsync(Ct);
        var done = await scene.RunCommandAsync("teardown", Ct);
        Assert.True(done.Code == 0, done.ToString());
        Assert.Empty(scene.OwnAddresses);
    }

    [Fact]
    public async Task Forced_beside_a_controller_that_lives_it_works_and_says_what_that_means()
    {
        var (scene, space) = await OpenAsync("teardown", Given);
        await scene.CreateAsync(space, Pods.New("kept-0", isFixed: true), Ct);
        await scene.BoundAsync(space, "kept-0", Ct);
        await scene.EndPodAsync(space, "kept-0", Ct);
        await scene.SeesAsync(space, "kept-0", sight => sight.Claim?.Status.Phase == ClaimPhase.Retained, Ct);
        var done = await scene.RunCommandAsync("teardown", Ct, "--force");
        Assert.True(done.Code == 0, done.ToString());
        Assert.Contains("buys and binds again", done.Output, StringComparison.Ordinal);
        Assert.Empty(scene.OwnAddresses);
        await scene.GoneAsync(space, "kept-0", Ct);
    }

    [Theory]
    [InlineData("DisassociateAddress")]
    [InlineData("ReleaseAddresses")]
    public async Task Killed_in_the_middle_and_run_again_it_finishes(string at)
    {
        var (scene, space) = await OpenAsync("teardown", Given);
        await using var after = new Aftermath(scene);
        await PrepareAsync(scene, space);
        await scene.Controller.StopAsync();
        scene.Calls.Clear();
        scene.Cloud.Gate.Faults.Inject(new Fault { Kind = FaultKind.DelayAnswer, Action = at, Seconds = 5 });
        await using (var first = scene.StartCommand("teardown", isLost: false))
        {
            // The write is done, and its answer under way.
            await Eventually.BecomesTrueAsync(
                () => at == "ReleaseAddresses" ? scene.OwnAddresses.Count < 5 : scene.Model.Addresses.Any(a => a.Status is AddressStatus.Unbinding), description: $"{at} to be executed", cancellation: Ct);
            await first.KillAsync(Ct);
        }

        scene.Cloud.Gate.Faults.Clear();
        var done = await scene.RunCommandAsync("teardown", Ct);
        Assert.True(done.Code == 0, done.ToString());
        Assert.Empty(scene.OwnAddresses);
        Assert.Empty(await scene.ClaimsAsync(space, Ct));
    }

    [Fact]
    public async Task Through_lost_answers_throttling_and_internal_errors_it_finishes()
    {
        var (scene, space) = await OpenAsync("teardown", Given);
        await using var after = new Aftermath(scene);
        await PrepareAsync(scene, space);
        await scene.Controller.StopAsync();
        foreach (var kind in (FaultKind[])[FaultKind.Throttle, FaultKind.ErrorBefore, FaultKind.ErrorAfter])
        {
            scene.Cloud.Gate.Faults.Inject(new Fault { Kind = kind, Action = "*", Count = 5, Probability = 0.5 });
        }

        var done = await scene.RunCommandAsync("teardown", Ct);
        Assert.True(done.Code == 0, done.ToString());
        Assert.Empty(scene.OwnAddresses);
    }

    [Fact]
    public async Task A_permission_that_is_missing_is_named_the_claims_stay_and_a_later_run_finishes()
    {
        var (scene, space) = await OpenAsync("teardown", Given);
        await using var after = new Aftermath(scene);
        await PrepareAsync(scene, space);
        await scene.Controller.StopAsync();
        Deny(scene, "cvm:ReleaseAddresses");
        var denied = await scene.RunCommandAsync("teardown", Ct);
        Assert.Equal(1, denied.Code);
        Assert.Contains("cvm:ReleaseAddresses", denied.Output, StringComparison.Ordinal);
        Assert.Equal(5, scene.OwnAddresses.Count);
        Assert.Equal(5, (await scene.ClaimsAsync(space, Ct)).Count);
        Deny(scene);
        var done = await scene.RunCommandAsync("teardown", Ct);
        Assert.True(done.Code == 0, done.ToString());
        Assert.Empty(scene.OwnAddresses);
    }

    [Fact]
    public async Task A_lost_cluster_is_named_by_its_UID_and_one_that_lives_is_not_taken_for_lost()
    {
        var (scene, space) = await OpenAsync("teardown", Given);
        var id = scene.Controller.Flag("--cluster-id");
        var lost = Enumerable.Range(0, 12).Select(_ => scene.Model.AddAddress(tags: Tag($"{id}/{OtherUid}"))).ToList();
        var eni = scene.Model.EnisOf(scene.Cvms[1].Id).Single(e => e.IsPrimary);
        scene.Model.ForceBind(lost[0].Id, eni.Id, eni.Ips[0].Ip);
        var mark = await scene.MarkAsync(Ct);
        await using var after = new Aftermath(scene, lost);
        await scene.CreateAsync(space, Pods.New("own-0"), Ct);
        var living = await scene.BoundAsync(space, "own-0", Ct);

        var unnamed = await scene.RunLostAsync("teardown", Ct);
        Assert.Equal(2, unnamed.Code);
        Assert.Contains($"{OtherUid}  12 addresses", unnamed.Output, StringComparison.Ordinal);
        Assert.Contains($"{mark.Split('/')[1]}  1 addresses", unnamed.Output, StringComparison.Ordinal);

        var done = await scene.RunLostAsync("teardown", Ct, "--cluster-uid", OtherUid);
        Assert.True(done.Code == 1, done.ToString());
        Assert.Equal([lost[0].Id], Own(scene, $"{id}/{OtherUid}").Select(a => a.Id));
        Assert.Equal(0, (await scene.RunLostAsync("teardown", Ct, "--cluster-uid", OtherUid, "--include", lost[0].Id)).Code);
        Assert.Empty(Own(scene, $"{id}/{OtherUid}"));
        Assert.True((await scene.LookAsync(space, "own-0", Ct)).IsBound);
        Assert.Equal(living.Address!.Id, Assert.Single(Own(scene, mark)).Id);

        // Found by KUBECONFIG alone, the cluster that lives says so.
        var alive = await scene.RunAliveAsync("teardown", Ct, "--cluster-uid", mark.Split('/')[1]);
        Assert.Equal(2, alive.Code);
        Assert.Contains("is alive at", alive.Output, StringComparison.Ordinal);
        Assert.True((await scene.LookAsync(space, "own-0", Ct)).IsBound);
    }

    /// <summary>Two Pods and a fixed one, two given ones, and two kept addresses without a Pod: five own, seven in all.</summary>
    private static async Task<IReadOnlyDictionary<string, Sight>> PrepareAsync(Scene scene, string space)
    {
        string[] given = [scene.GiveAddress().Id, scene.GiveAddress().Id];
        await scene.CreateAllAsync(
            space,
            [
                .. Enumerable.Range(0, 2).Select(i => Pods.New($"own-{i}")),
                .. Enumerable.Range(0, 2).Select(i => Pods.New($"kept-{i}", isFixed: true)),
                Pods.New("fixed-0", isFixed: true),
                .. Enumerable.Range(0, 2).Select(i => Pods.Given($"given-{i}", given)),
            ],
            Ct);
        await scene.AllBoundAsync(space, 7, Ct);
        foreach (var name in (string[])["kept-0", "kept-1"])
        {
            await scene.EndPodAsync(space, name, Ct);
            await scene.SeesAsync(space, name, sight => sight.Claim?.Status.Phase == ClaimPhase.Retained, Ct);
        }

        await Eventually.BecomesTrueAsync(() => scene.OwnAddresses.Count(a => a.Tags["podeip-cluster"].StartsWith("cls-", StringComparison.Ordinal)) >= 5, cancellation: Ct);
        return await scene.LookAtAllAsync(space, Ct);
    }

    /// <summary>Addresses that are nobody's business here: of this cluster id but another cluster, of another id, of TKE, and a plain one that is in use.</summary>
    private static async Task<IReadOnlyList<ElasticAddress>> StrangersAsync(Scene scene)
    {
        var mark = await scene.MarkAsync(Ct);
        var used = scene.Model.AddAddress();
        scene.Model.ForceBindInstance(used.Id, "nat-12345678", "NAT");
        return
        [
            scene.Model.AddAddress(name: "pe1-abcdefgh-abcdef", tags: Tag($"{mark.Split('/')[0]}/{OtherUid}")),
            scene.Model.AddAddress(tags: Tag($"cls-other/{mark.Split('/')[1]}")),
            scene.Model.AddAddress(tags: new Dictionary<string, string> { ["tke-created-eip"] = "yes" }),
            scene.Model.FindAddress(used.Id)!,
        ];
    }

    private static Dictionary<string, string> Tag(string mark) => new() { ["podeip-cluster"] = mark };

    private static IEnumerable<ElasticAddress> Own(Scene scene, string mark) => scene.Model.Addresses.Where(a => a.Tags.GetValueOrDefault("podeip-cluster") == mark);

    private static List<ElasticAddress> Truth(Scene scene) => [.. scene.Model.Addresses];

    private static void Deny(Scene scene, params string[] actions)
    {
        var access = scene.Model.Access;
        access.SetKey(access.Find(CloudSimOptions.DefaultSecretId)! with { Deny = actions });
    }

    /// <summary>What the next test finds: no faults, every right, no strangers, a controller that works.</summary>
    private sealed class Aftermath(Scene scene, IEnumerable<ElasticAddress>? strangers = null) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            scene.Cloud.Gate.Faults.Clear();
            Deny(scene);
            foreach (var stranger in (strangers ?? []).Where(s => scene.Model.FindAddress(s.Id) is not null))
            {
                scene.Model.ForceRelease(stranger.Id);
            }

            await scene.RestartAsync(Ct);
        }
    }
}
