using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.CloudSim.Model;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.LifeTests.Cases;

/// <summary>The fixed addresses of a lost cluster come back to the Pods of the same names in another.</summary>
[Collection(Stage.Alone)]
public sealed class AdoptionTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private const string OldUid = "99999999-2222-3333-4444-555555555555";

    private static readonly string[] Reads = ["DescribeAddresses", "DescribeNetworkInterfaces"];
    private static readonly string[] From = ["--from-cluster-id", "cls-lost", "--from-cluster-uid", OldUid];

    // The controller lists its addresses so seldom that what it finds in time it found by the claims.
    private static readonly SceneOptions Given = SceneOptions.Troubled with { Name = "adoption", Resync = "1h" };

    [Fact]
    public async Task Pods_of_the_same_names_have_their_addresses_again_and_nothing_is_bought()
    {
        var (scene, space) = await OpenAsync("adopt", Given);

        // Twelve are more than a call takes. The StatefulSet is restored already, and scaled down; one name is given by hand.
        await scene.CreateStatefulSetAsync(space, "web", 0, Pods.Annotations(isFixed: true), Ct);
        var web = Enumerable.Range(0, 12).ToDictionary(i => $"web-{i}", i => Lost(scene, space, $"web-{i}"));
        var solo = Lost(scene, space, "solo");
        var unknown = Lost(scene, space, "forgotten");
        var stock = scene.Model.AddAddress(name: "pe1-abcdefgh-abcdef", tags: Tag($"cls-lost/{OldUid}"));
        var third = scene.Model.AddAddress(name: AddressName.OfFixed(new ClaimKey(space, "web-0")), tags: Tag("cls-lost/33333333-2222-3333-4444-555555555555"));
        try
        {
            var before = scene.Model.Addresses.ToList();
            scene.Calls.Clear();
            var shown = await scene.RunCommandAsync("adopt", Ct, [.. From, "--names", $"{space}/solo", "--dry-run", "-o", "json"]);
            Assert.True(shown.Code == 0, shown.ToString());
            Assert.Equal("Adopt", (string?)shown.Row(web["web-11"].Id)["action"]);
            Assert.Equal(13, (int)shown.Json["summary"]!["adopted"]!);
            Assert.Equal(before, scene.Model.Addresses);
            Assert.All(scene.Calls.Read(), call => Assert.Contains(call.Action, Reads));
            Assert.Empty(await scene.ClaimsAsync(space, Ct));

            var done = await scene.RunCommandAsync("adopt", Ct, [.. From, "--names", $"{space}/solo"]);
            Output.WriteLine(done.ToString());
            Assert.Equal(1, done.Code);
            Assert.Contains("orphaned", done.Output, StringComparison.Ordinal);
            var mark = await scene.MarkAsync(Ct);
            Assert.Equal(web.Values.Append(solo).Select(a => a.Id).Order(), scene.Model.Addresses.Where(a => a.Tags.GetValueOrDefault("podeip-cluster") == mark).Select(a => a.Id).Order());
            Assert.Equal((unknown, stock, third), (scene.Model.FindAddress(unknown.Id)!, scene.Model.FindAddress(stock.Id)!, scene.Model.FindAddress(third.Id)!));
            var claim = (await scene.ClaimAsync(space, "solo", Ct))!;
            Assert.Equal((solo.Id, solo.PublicIp, 33, "CMCC"), (claim.Status.AddressId, claim.Status.PublicIp, claim.Spec.Attributes!.BandwidthMbps, claim.Spec.Attributes.InternetServiceProvider));

            await scene.Client.AppsV1.PatchNamespacedStatefulSetAsync(new("""{"spec":{"replicas":12}}""", k8s.Models.V1Patch.PatchType.MergePatch), "web", space, cancellationToken: Ct);
            await scene.CreateAsync(space, Pods.New("solo", isFixed: true), Ct);
            var all = await scene.AllBoundAsync(space, 13, Ct);
            Assert.Equal(web.Select(pair => (pair.Key, pair.Value.Id)).Append(("solo", solo.Id)).Order(), all.Select(pair => (pair.Key, pair.Value.Address!.Id)).Order());
            Assert.Equal(0, scene.Calls.CountOf("AllocateAddresses"));

            // All the same again finds nothing to do; the forgotten one can be taken with the rest.
            Assert.Equal(1, (await scene.RunCommandAsync("adopt", Ct, From)).Code);
            var rest = await scene.RunCommandAsync("adopt", Ct, [.. From, "--all"]);
            Assert.True(rest.Code == 0, rest.ToString());
            Assert.Equal(mark, scene.Model.FindAddress(unknown.Id)!.Tags["podeip-cluster"]);
            Assert.Equal(stock, scene.Model.FindAddress(stock.Id));
            Assert.Equal(13, (await scene.ClaimsAsync(space, Ct)).Count);
        }
        finally
        {
            Leave(scene, unknown, stock, third);
        }
    }

    [Fact]
    public async Task A_name_that_has_another_address_by_now_or_is_not_fixed_leaves_the_old_one()
    {
        var (scene, space) = await OpenAsync("adopt", Given);
        await scene.CreateAsync(space, Pods.New("fixed", isFixed: true), Ct);
        await scene.CreateAsync(space, Pods.New("passing"), Ct);
        var all = await scene.AllBoundAsync(space, 2, Ct);
        ElasticAddress[] lost = [Lost(scene, space, "fixed"), Lost(scene, space, "passing"), Lost(scene, "no-such-namespace", "pod"), Lost(scene, space, "bound")];
        var eni = scene.Model.EnisOf(scene.Cvms[0].Id).Single(e => e.IsPrimary);
        lost[3] = scene.Model.ForceBind(lost[3].Id, eni.Id, eni.Ips[0].Ip);
        try
        {
            var done = await scene.RunCommandAsync("adopt", Ct, [.. From, "--all", "--names", $"no-such-namespace/pod,{space}/bound"]);
            Assert.Equal(1, done.Code);
            Assert.Contains($"the claim {space}/fixed has {all["fixed"].Address!.Id}", done.Output, StringComparison.Ordinal);
            Assert.Contains($"the claim {space}/passing is not fixed", done.Output, StringComparison.Ordinal);
            Assert.Contains("namespace no-such-namespace does not exist", done.Output, StringComparison.Ordinal);
            Assert.Contains("still bound", done.Output, StringComparison.Ordinal);
            Assert.All(lost, address => Assert.Equal(address, scene.Model.FindAddress(address.Id)));
            Assert.Equal(2, (await scene.ClaimsAsync(space, Ct)).Count);
        }
        finally
        {
            Leave(scene, lost);
        }
    }

    [Fact]
    public async Task Cut_off_between_tag_and_claim_it_is_finished_by_the_next_run()
    {
        var (scene, space) = await OpenAsync("adopt", Given);
        var address = Lost(scene, space, "pod");
        await scene.Controller.StopAsync();
        try
        {
            scene.Cloud.Gate.Faults.Inject(new CloudSim.Gate.Fault { Kind = CloudSim.Gate.FaultKind.DelayAnswer, Action = "TagResources", Seconds = 60 });
            await using (var first = scene.StartCommand("adopt", isLost: false, [.. From, "--names", $"{space}/pod"]))
            {
                var mark = await scene.MarkAsync(Ct);
                await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(address.Id)!.Tags["podeip-cluster"] == mark, description: "the tag to be written", cancellation: Ct);
                await first.KillAsync(Ct);
            }

            scene.Cloud.Gate.Faults.Clear();
            Assert.Empty(await scene.ClaimsAsync(space, Ct));
            var done = await scene.RunCommandAsync("adopt", Ct, [.. From, "--names", $"{space}/pod"]);
            Assert.True(done.Code == 0, done.ToString());
            Assert.Equal(address.Id, (await scene.ClaimAsync(space, "pod", Ct))!.Status.AddressId);
        }
        finally
        {
            scene.Cloud.Gate.Faults.Clear();
            await scene.RestartAsync(Ct);
            if (await scene.ClaimAsync(space, "pod", Ct) is null)
            {
                Leave(scene, address);
            }
        }

        await scene.SeesAsync(space, "pod", sight => sight.Claim!.Status.Phase == ClaimPhase.Retained, Ct);
        await scene.CreateAsync(space, Pods.New("pod", isFixed: true), Ct);
        Assert.Equal(address.Id, (await scene.BoundAsync(space, "pod", Ct)).Address!.Id);
    }

    [Fact]
    public async Task A_cluster_that_was_given_up_with_keep_moves_to_the_next()
    {
        var (scene, space) = await OpenAsync("adopt", Given);
        await scene.CreateAsync(space, Pods.New("pod", isFixed: true), Ct);
        var bound = await scene.BoundAsync(space, "pod", Ct);
        await scene.Controller.StopAsync();
        try
        {
            var kept = await scene.RunCommandAsync("teardown", Ct, "--keep");
            Assert.True(kept.Code == 0, kept.ToString());

            // The next cluster has another UID; here only the addresses can tell.
            foreach (var claim in await scene.ClaimsAsync(space, Ct))
            {
                await scene.EraseClaimAsync(claim, Ct);
            }

            scene.Model.ChangeAddress(bound.Address!.Id, a => a with { Tags = a.Tags.SetItem("podeip-cluster", $"cls-lost/{OldUid}") });
            var done = await scene.RunCommandAsync("adopt", Ct, From);
            Assert.True(done.Code == 0, done.ToString());
        }
        finally
        {
            await scene.RestartAsync(Ct);
            if (await scene.ClaimAsync(space, "pod", Ct) is null)
            {
                Leave(scene, bound.Address!);
            }
        }

        Assert.Equal(bound.Address!.Id, (await scene.BoundAsync(space, "pod", Ct)).Address!.Id);
    }

    [Fact]
    public async Task This_cluster_needs_no_adoption()
    {
        var (scene, _) = await OpenAsync("adopt", Given);
        var mark = (await scene.MarkAsync(Ct)).Split('/');
        var same = await scene.RunCommandAsync("adopt", Ct, "--from-cluster-id", mark[0], "--from-cluster-uid", mark[1]);
        Assert.Equal(2, same.Code);
        Assert.Contains("is this cluster", same.Output, StringComparison.Ordinal);
    }

    private static ElasticAddress Lost(Scene scene, string space, string name) =>
        scene.Model.AddAddress(name: AddressName.OfFixed(new ClaimKey(space, name)), tags: Tag($"cls-lost/{OldUid}"), isp: "CMCC", bandwidth: 33);

    private static Dictionary<string, string> Tag(string mark) => new() { ["podeip-cluster"] = mark };

    /// <summary>Orphaned addresses are kept for ever; the next test is not to wait for that.</summary>
    private static void Leave(Scene scene, params IEnumerable<ElasticAddress> addresses)
    {
        foreach (var address in addresses.Where(a => scene.Model.FindAddress(a.Id) is not null))
        {
            scene.Model.ForceRelease(address.Id);
        }
    }
}
