using PodEip.Api;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;
using k8s.Models;

namespace PodEip.ClusterTests.Cases;

/// <summary>Given addresses: numbered Pods take the id at their place, others any free one.</summary>
public sealed class IdListTests(Stage stage) : SharedScene(stage)
{
    private static Dictionary<string, string> Naming(params IEnumerable<string> ids) =>
        new(Pods.Annotations(attributes: null)) { [Pods.Prefix + "eip-id-list"] = string.Join(", ", ids) };

    [Fact]
    public async Task Numbered_Pods_take_their_place_and_those_beyond_the_list_wait()
    {
        var (scene, space) = await OpenAsync("numbered");
        string[] ids = [scene.GiveAddress().Id, scene.GiveAddress().Id, scene.GiveAddress().Id];
        await scene.CreateStatefulSetAsync(space, "web", 4, Naming(ids), Ct);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(ids[i], (await scene.BoundAsync(space, $"web-{i}", Ct)).Address!.Id);
        }

        var beyond = await scene.WaitsForAsync(space, "web-3", Reasons.BeyondIdList, Ct);
        Assert.Contains("3 addresses", beyond.Claim!.Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
        Assert.Null(beyond.Claim.Status.AddressId);

        // A bare Pod's number counts too: its address is taken by the other, and it says by whom.
        await scene.CreateAsync(space, Pods.Given("bare-1", ids), Ct);
        var taken = await scene.WaitsForAsync(space, "bare-1", Reasons.AddressTakenByOtherClaim, Ct);
        Assert.Contains("web-1", taken.Claim!.Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
        await scene.Client.AppsV1.PatchNamespacedStatefulSetScaleAsync(new V1Patch("""{"spec":{"replicas":1}}""", V1Patch.PatchType.MergePatch), "web", space, cancellationToken: Ct);
        Assert.Equal(ids[1], (await scene.BoundAsync(space, "bare-1", Ct)).Address!.Id);
    }

    [Fact]
    public async Task Unnumbered_Pods_share_the_list_out_and_one_that_waits_gets_what_is_freed()
    {
        var (scene, space) = await OpenAsync("unnumbered");
        string[] ids = [scene.GiveAddress().Id, scene.GiveAddress().Id];
        await scene.CreateDeploymentAsync(space, "web", 3, Naming(ids), Ct);
        var all = await Eventually.BecomesAsync(
            token => scene.LookAtAllAsync(space, token),
            all => all.Count == 3 && all.Values.Count(sight => sight.IsBound) == 2 && all.Values.Any(sight => sight.Reason == Reasons.NoFreeAddressInList), cancellation: Ct);
        var bound = all.Values.Where(sight => sight.IsBound).ToList();
        Assert.Equal(ids.Order(), bound.Select(sight => sight.Address!.Id).Order());
        var waiting = all.Single(pair => !pair.Value.IsBound).Key;
        Assert.Contains("is used by", all[waiting].Claim!.Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);

        // The Deployment makes another Pod at once: whichever of the two that wait now gets it, it is used again.
        var ended = bound[0].Pod!.Metadata.Name;
        await scene.DeletePodAsync(space, ended, Ct);
        var after = await Eventually.BecomesAsync(
            token => scene.LookAtAllAsync(space, token),
            all => all.Count == 3 && !all.ContainsKey(ended) && all.Values.Count(sight => sight.IsBound) == 2, cancellation: Ct);
        Assert.Equal(ids.Order(), after.Values.Where(sight => sight.IsBound).Select(sight => sight.Address!.Id).Order());
    }

    [Fact]
    public async Task A_random_suffix_of_digits_is_no_number()
    {
        var (scene, space) = await OpenAsync("digits");
        string[] ids = [scene.GiveAddress().Id, scene.GiveAddress().Id];

        // A ReplicaSet adopts the Pod, so that it is owned by one and yet has a name of our choice.
        var (selector, template) = Pods.Template("web", Pods.Annotations(attributes: null));
        await scene.CreateAsync(space, new V1Pod { Metadata = new() { Name = "web-7d4f9-24680", Labels = selector.MatchLabels, Annotations = template.Metadata.Annotations }, Spec = Pods.Spec() }, Ct);
        await scene.Client.AppsV1.CreateNamespacedReplicaSetAsync(new V1ReplicaSet { Metadata = new() { Name = "web-7d4f9" }, Spec = new() { Replicas = 1, Selector = selector, Template = template } }, space, cancellationToken: Ct);
        await scene.SeesAsync(space, "web-7d4f9-24680", sight => sight.Pod?.Metadata.OwnerReferences?.Any(owner => owner is { Kind: "ReplicaSet", Controller: true }) == true, Ct);
        await scene.AnnotateAsync(space, "web-7d4f9-24680", Ct, ("eip-id-list", string.Join(',', ids)));
        Assert.Contains((await scene.BoundAsync(space, "web-7d4f9-24680", Ct)).Address!.Id, ids);
    }

    [Fact]
    public async Task Ordinals_that_start_later_are_subtracted()
    {
        var (scene, space) = await OpenAsync("ordinals");
        string[] ids = [scene.GiveAddress().Id, scene.GiveAddress().Id];
        var stored = await scene.CreateStatefulSetAsync(space, "web", 2, Naming(ids), Ct, set => set.Spec.Ordinals = new V1StatefulSetOrdinals { Start = 5 });
        Assert.SkipWhen(stored.Spec.Ordinals is null, "this API server has no .spec.ordinals (Kubernetes 1.26 and later have it)");
        Assert.Equal(ids[0], (await scene.BoundAsync(space, "web-5", Ct)).Address!.Id);
        Assert.Equal(ids[1], (await scene.BoundAsync(space, "web-6", Ct)).Address!.Id);
    }

    [Fact]
    public async Task Addresses_that_are_not_free_to_take_are_named_with_the_reason()
    {
        var (scene, space) = await OpenAsync("refused");
        var cascading = scene.Model.AddAddress(cascadeRelease: true).Id;
        var outside = scene.GiveAddress().Id;
        scene.Model.ForceBindInstance(outside, "nat-1a2b3c4d", "NAT");
        await scene.CreateAsync(space, Pods.New("buyer"), Ct);
        var own = (await scene.BoundAsync(space, "buyer", Ct)).Address!.Id;

        var missing = $"eip-{Scene.Unique()}";
        (string Pod, string Id, string Reason)[] cases =
        [
            ("missing", missing, Reasons.AddressNotFound),
            ("cascading", cascading, Reasons.AddressCascadeRelease),
            ("outside", outside, Reasons.AddressBoundOutside),
            ("own", own, Reasons.AddressIsOwn),
        ];
        await scene.CreateAllAsync(space, cases.Select(c => Pods.Given($"{c.Pod}-0", c.Id)), Ct);
        foreach (var (pod, id, reason) in cases)
        {
            var waits = await scene.WaitsForAsync(space, $"{pod}-0", reason, Ct);
            Assert.Contains(id, waits.Claim!.Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
        }

        Assert.Equal("nat-1a2b3c4d", scene.Model.FindAddress(outside)!.InstanceId);
        Assert.True((await scene.LookAsync(space, "buyer", Ct)).IsBound);
    }
}
