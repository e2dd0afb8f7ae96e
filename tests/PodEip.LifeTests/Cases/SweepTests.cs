using System.Text;
using PodEip.CloudSim.Model;
using PodEip.Controller.Cluster;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.LifeTests.Cases;

/// <summary>What no claim refers to is given back in small portions, and not at all when claims have all but vanished.</summary>
[Collection(Stage.Alone)]
public sealed class SweepTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private static readonly SceneOptions Little = new() { Name = "sweep", Cvms = 2, Resync = "2s", SweepBudget = 3, Flags = "--sweep-grace=2s" };
    private static readonly SceneOptions Much = new() { Name = "sweep-much", Cvms = 2, Resync = "2s", Flags = "--sweep-grace=2s" };
    private static readonly SceneOptions OnlyReports = new() { Name = "sweep-report", Cvms = 2, Resync = "2s", Flags = "--sweep=Report --sweep-grace=2s" };

    /// <summary>The value of this cluster's tag, learnt from an address it bought.</summary>
    private static async Task<string> TagAsync(Scene scene, string space)
    {
        await scene.CreateAsync(space, Pods.New("first"), Ct);
        var tag = (await scene.BoundAsync(space, "first", Ct)).Address!.Tags["podeip-cluster"];
        await scene.EndPodAsync(space, "first", Ct);
        await scene.GoneAsync(space, "first", Ct);
        await Eventually.BecomesTrueAsync(() => scene.OwnAddresses.Count == 0, cancellation: Ct);
        return tag;
    }

    private static ElasticAddress Leave(Scene scene, string tag) =>
        scene.Model.AddAddress(name: "pe1-aaaaaaaa-bbbbbb", tags: new Dictionary<string, string> { ["podeip-cluster"] = tag });

    private static Task<string> SaysAsync(Scene scene, string words) =>
        scene.Controller.Process.LineAsync(line => line.Contains(words, StringComparison.Ordinal), words, cancellation: Ct);

    [Fact]
    public async Task Leftovers_are_given_back_within_the_budget_and_strangers_never()
    {
        var (scene, space) = await OpenAsync("budget", Little);
        var tag = await TagAsync(scene, space);
        var others = Leave(scene, tag[..(tag.IndexOf('/', StringComparison.Ordinal) + 1)] + "another-uid");
        var tkes = scene.Model.AddAddress(tags: new Dictionary<string, string> { ["tke-clusterId"] = "cls-x", ["tke-created-eip"] = "yes" });
        var orphan = scene.Model.AddAddress(name: "pf1-aaaaaaaaaaaaaa", tags: new Dictionary<string, string> { ["podeip-cluster"] = tag });
        for (var i = 0; i < 5; i++)
        {
            Leave(scene, tag);
        }

        await SaysAsync(scene, "Sweep: 2 addresses");
        await SaysAsync(scene, $"{orphan.Id} ({orphan.PublicIp}) is marked as fixed");
        await Eventually.BecomesTrueAsync(() => scene.OwnAddresses.Count == 4, description: "three to be given back", cancellation: Ct);
        Assert.All((string[])[others.Id, tkes.Id, orphan.Id], id => Assert.Equal(AddressStatus.Unbind, scene.Model.FindAddress(id)!.Status));

        // Ordinary work goes on: what this process sees freed costs no budget.
        await scene.CreateAsync(space, Pods.New("pod", """{"Bandwidth":7}"""), Ct);
        var bound = await scene.BoundAsync(space, "pod", Ct);
        await scene.EndPodAsync(space, "pod", Ct);
        await scene.GoneAsync(space, "pod", Ct);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(bound.Address!.Id) is null, cancellation: Ct);
        Assert.Equal(4, scene.OwnAddresses.Count);
        Clear(scene, [.. scene.OwnAddresses.Select(a => a.Id), tkes.Id]);
    }

    [Fact]
    public async Task What_is_bound_and_unclaimed_on_a_Node_is_unbound_unless_the_sweep_only_reports()
    {
        foreach (var (options, isSwept) in new[] { (OnlyReports, false), (Much, true) })
        {
            var (scene, space) = await OpenAsync("unclaimed", options);
            var tag = await TagAsync(scene, space);
            await scene.CreateAsync(space, Pods.New("plain", attributes: null), Ct);
            var ip = (await scene.AddressedAsync(space, "plain", Ct)).Status.PodIP;
            var eni = scene.Model.Enis.First(e => e.FindIp(ip) is not null);
            var left = Leave(scene, tag);
            scene.Model.ForceBind(left.Id, eni.Id, ip);
            if (isSwept)
            {
                await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(left.Id) is null, TimeSpan.FromSeconds(60), "it to be unbound and given back", Ct);
                continue;
            }

            await SaysAsync(scene, $"{left.Id} is bought by this cluster and bound");
            Assert.True(scene.Model.FindAddress(left.Id)!.IsBound);
            Assert.DoesNotContain(scene.Calls.Read("ReleaseAddresses"), call => call.Subject.Contains(left.Id, StringComparison.Ordinal));
            Clear(scene, [left.Id]);
        }
    }

    [Fact]
    public async Task When_claims_vanish_while_nobody_looks_nothing_is_given_back_before_somebody_confirms_it()
    {
        var (scene, space) = await OpenAsync("vanished", Much);
        await scene.CreateAllAsync(space, Enumerable.Range(0, 6).Select(i => Pods.New($"pod-{i}")), Ct);
        await scene.AllBoundAsync(space, 6, Ct);
        // Other scenes of this cluster have records of their own.
        var (record, home) = (ConfigMapClusterRecord.NameFor(scene.Controller.Flag("--cluster-id")), scene.Controller.Flag("--namespace"));
        await Eventually.BecomesTrueAsync(
            async token => (await scene.Client.CoreV1.ListNamespacedConfigMapAsync(home, cancellationToken: token)).Items
                .Any(m => m.Metadata.Name == record && m.Data is { } data && data.TryGetValue("claims-with-address", out var count) && count == "6"),
            TimeSpan.FromSeconds(60), "the count to be recorded", Ct);
        await scene.Controller.KillAsync(Ct);
        for (var i = 0; i < 6; i++)
        {
            await scene.ForceDeletePodAsync(space, $"pod-{i}", Ct);
            await scene.Api.DeleteAsync(Scene.ClaimPath(space, $"pod-{i}"), preconditions: null, propagation: null, Ct);
            await scene.Api.PatchAsync(Scene.ClaimPath(space, $"pod-{i}"), PatchKind.Merge, Encoding.UTF8.GetBytes("""{"metadata":{"finalizers":null}}"""), KubernetesJsonContext.Default.PartialObject, Ct);
        }

        scene.Controller.Start();
        await SaysAsync(scene, "Sweep is halted: 0 claims have an address, and 6 had");
        var lists = scene.Calls.CountOf("DescribeAddresses");
        await Eventually.BecomesTrueAsync(() => scene.Calls.CountOf("DescribeAddresses") > lists + 4, description: "some more looks at the cloud", cancellation: Ct);
        Assert.Equal(6, scene.OwnAddresses.Count);

        await scene.Client.CoreV1.DeleteNamespacedConfigMapAsync(record, home, cancellationToken: Ct);
        await Eventually.BecomesTrueAsync(() => scene.OwnAddresses.Count == 0, TimeSpan.FromSeconds(90), "all to be given back", Ct);
    }

    private static void Clear(Scene scene, IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            scene.Model.ForceRelease(id);
        }
    }
}
