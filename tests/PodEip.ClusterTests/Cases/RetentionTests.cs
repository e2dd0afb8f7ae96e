using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.CloudSim.Model;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;
using k8s.Models;

namespace PodEip.ClusterTests.Cases;

/// <summary>What becomes of an address when its Pod, or its claim, goes.</summary>
public sealed class RetentionTests(Stage stage) : SharedScene(stage)
{
    [Fact]
    public async Task A_fixed_Pod_comes_back_to_its_address_on_the_same_private_IP()
    {
        var (scene, space) = await OpenAsync("keeper");
        await scene.CreateAsync(space, Keeper(scene.Node(0), fixedIp: true), Ct);
        var first = await scene.BoundAsync(space, "keeper", Ct);
        await scene.EndPodAsync(space, "keeper", Ct);
        var kept = await RetainedAsync(scene, space, first.Address!);

        await scene.CreateAsync(space, Keeper(scene.Node(0), fixedIp: true), Ct);
        var again = await scene.BoundAsync(space, "keeper", Ct);
        Assert.Equal((first.Address!.Id, first.Pod!.Status.PodIP, kept.Claim!.Metadata.Uid), (again.Address!.Id, again.Pod!.Status.PodIP, again.Claim!.Metadata.Uid));
        Assert.Null(again.Claim.Status.RetainedSince);
    }

    [Fact]
    public async Task A_fixed_Pod_comes_back_to_its_address_on_another_node_with_another_private_IP()
    {
        var (scene, space) = await OpenAsync("keeper");
        await scene.CreateAsync(space, Keeper(scene.Node(0)), Ct);
        var first = await scene.BoundAsync(space, "keeper", Ct);
        await scene.EndPodAsync(space, "keeper", Ct);
        await RetainedAsync(scene, space, first.Address!);

        await scene.CreateAsync(space, Keeper(scene.Node(1)), Ct);
        var again = await scene.BoundAsync(space, "keeper", Ct);
        Assert.Equal((first.Address!.Id, first.PublicIp), (again.Address!.Id, again.PublicIp));
        Assert.NotEqual(first.Address.EniId, again.Address.EniId);
        Assert.Equal(scene.Node(1), again.Claim!.Status.NodeName);
    }

    [Fact]
    public async Task An_address_that_is_not_fixed_goes_with_its_Pod()
    {
        var (scene, space) = await OpenAsync("passing");
        await scene.CreateAllAsync(space, Enumerable.Range(0, 5).Select(i => Pods.New($"pod-{i}")), Ct);
        var all = await scene.AllBoundAsync(space, 5, Ct);
        foreach (var name in all.Keys)
        {
            await scene.DeletePodAsync(space, name, Ct);
        }

        foreach (var (name, sight) in all)
        {
            await scene.GoneAsync(space, name, Ct);
            await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(sight.Address!.Id) is null, description: $"{sight.Address!.Id} to be released", cancellation: Ct);
            await scene.EventAsync(space, "EIPClaim", name, EventReasons.DisassociatedEIP, Ct);
        }
    }

    [Fact]
    public async Task A_Pod_that_has_run_to_its_end_frees_its_address_before_its_object_goes()
    {
        var (scene, space) = await OpenAsync("job");
        await scene.CreateAsync(space, Pods.New("job", change: pod =>
        {
            pod.Spec.RestartPolicy = "Never";
            pod.Metadata.Annotations["sim.podeip.io/exit-after"] = "60m";
        }), Ct);
        var bound = await scene.BoundAsync(space, "job", Ct);
        await scene.Client.CoreV1.PatchNamespacedPodAsync(
            new V1Patch("""{"metadata":{"annotations":{"sim.podeip.io/exit-after":"1ms"}}}""", V1Patch.PatchType.MergePatch), "job", space, cancellationToken: Ct);
        var ended = await scene.SeesAsync(space, "job", sight => sight is { Pod.Status.Phase: "Succeeded", Claim: null, PublicIp: null }, Ct);
        Assert.Null(ended.Pod!.Metadata.DeletionTimestamp);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(bound.Address!.Id) is null, cancellation: Ct);
    }

    [Fact]
    public async Task A_retained_claim_deleted_by_hand_gives_its_address_back()
    {
        var (scene, space) = await OpenAsync("manual");
        await scene.CreateAsync(space, Keeper(scene.Node(2)), Ct);
        var bound = await scene.BoundAsync(space, "keeper", Ct);
        await scene.EndPodAsync(space, "keeper", Ct);
        await RetainedAsync(scene, space, bound.Address!);

        await scene.DeleteClaimAsync(space, "keeper", Ct);
        await scene.GoneAsync(space, "keeper", Ct);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(bound.Address!.Id) is null, cancellation: Ct);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_claim_deleted_under_a_living_Pod_comes_back_and_binds_again(bool isFixed)
    {
        var (scene, space) = await OpenAsync("manual");
        await scene.CreateAsync(space, Pods.New("pod", isFixed: isFixed), Ct);
        var before = await scene.BoundAsync(space, "pod", Ct);
        await scene.DeleteClaimAsync(space, "pod", Ct);
        var after = await scene.SeesAsync(space, "pod", sight => sight.IsBound && sight.Claim!.Metadata.Uid != before.Claim!.Metadata.Uid, Ct);
        Assert.Equal(before.Pod!.Metadata.Uid, after.Pod!.Metadata.Uid);
        if (after.Address!.Id != before.Address!.Id)
        {
            await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(before.Address.Id) is null, description: "the first address to be released", cancellation: Ct);
        }
    }

    [Fact]
    public async Task A_claim_deleted_with_its_namespace_serves_its_Pod_until_the_end_and_buys_nothing()
    {
        var (scene, space) = await OpenAsync("doomed");
        await scene.CreateStatefulSetAsync(space, "web", 2, Pods.Annotations(isFixed: true), Ct);
        var all = await scene.AllBoundAsync(space, 2, Ct);
        await scene.Client.CoreV1.DeleteNamespaceAsync(space, cancellationToken: Ct);
        await Eventually.BecomesTrueAsync(
            async token => (await scene.Client.CoreV1.ListNamespaceAsync(fieldSelector: $"metadata.name={space}", cancellationToken: token)).Items.Count == 0, TimeSpan.FromMinutes(2), $"namespace {space} to be gone", Ct);
        foreach (var sight in all.Values)
        {
            await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(sight.Address!.Id) is null, description: $"{sight.Address!.Id} to be released", cancellation: Ct);
        }
    }

    private static V1Pod Keeper(string node, bool fixedIp = false) => Pods.New("keeper", isFixed: true, change: pod =>
    {
        if (fixedIp)
        {
            pod.Metadata.Annotations[Pods.Prefix + "vpc-ip-claim-delete-policy"] = "Never";
        }
    }).On(node);

    private static async Task<Sight> RetainedAsync(Scene scene, string space, ElasticAddress address)
    {
        var kept = await scene.SeesAsync(space, "keeper", sight => sight is { Pod: null, Claim.Status: { Phase: ClaimPhase.Retained, RetainedSince: not null } }, Ct);
        Assert.Equal(address.Id, kept.Claim!.Status.AddressId);
        Assert.Equal(AddressStatus.Unbind, kept.Address!.Status);
        await scene.EventAsync(space, "EIPClaim", "keeper", EventReasons.RetainedEIP, Ct);
        return kept;
    }
}
