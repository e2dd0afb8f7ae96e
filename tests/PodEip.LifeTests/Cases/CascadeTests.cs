using System.Text.Json.Nodes;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.CloudSim.Gate;
using PodEip.Kubernetes.Api;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;
using k8s.Models;

namespace PodEip.LifeTests.Cases;

/// <summary>S12: fixed addresses go with their workload, whatever its kind and however it is deleted; and only with <c>--enable-ownerref</c>.</summary>
[Collection(Stage.Alone)]
public sealed class CascadeTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private const string Flag = "--enable-ownerref";

    // Pods take their time to end, so that something could go wrong meanwhile.
    private static readonly SceneOptions Cascading = new()
    {
        Name = "cascade", Cvms = 4, Flags = Flag, Delays = SceneOptions.Brisk with { Stop = TimeSpan.FromSeconds(2) },
    };

    private static readonly SceneOptions WithoutFlag = Cascading with { Name = "later", Flags = "" };

    [Theory]
    [InlineData("Background")]
    [InlineData("Foreground")]
    public async Task A_StatefulSet_takes_its_addresses_along_when_its_Pods_have_ended(string policy)
    {
        var (scene, space) = await OpenAsync("set", Cascading);
        var set = await scene.CreateStatefulSetAsync(space, "web", 3, Pods.Annotations(isFixed: true), Ct);
        await scene.AllBoundAsync(space, 3, Ct);
        await ScaleAsync(scene, space, 2);
        await scene.SeesAsync(space, "web-2", sight => sight is { Pod: null, Claim.Status.Phase: ClaimPhase.Retained }, Ct);
        foreach (var name in (string[])["web-0", "web-1", "web-2"])
        {
            Assert.Equal("web", (await ReferringAsync(scene, space, name, set.Uid())).Claim!.Spec.WorkloadRef!.Name);
        }

        await EndAsync(scene, space, policy, (options, token) => scene.Client.AppsV1.DeleteNamespacedStatefulSetAsync("web", space, options, cancellationToken: token));
    }

    [Fact]
    public async Task Orphaning_leaves_the_Pods_their_claims_and_addresses_and_the_next_StatefulSet_adopts_them()
    {
        var (scene, space) = await OpenAsync("orphan", Cascading);
        var set = await scene.CreateStatefulSetAsync(space, "web", 2, Pods.Annotations(isFixed: true), Ct);
        var before = await scene.AllBoundAsync(space, 2, Ct);
        await ReferringAsync(scene, space, "web-0", set.Uid());
        await ReferringAsync(scene, space, "web-1", set.Uid());

        await scene.Client.AppsV1.DeleteNamespacedStatefulSetAsync("web", space, new V1DeleteOptions { PropagationPolicy = "Orphan" }, cancellationToken: Ct);
        foreach (var name in before.Keys)
        {
            await scene.SeesAsync(space, name, sight => sight.IsBound && sight.Claim is { Metadata.OwnerReferences: null or { Count: 0 }, Spec.WorkloadRef: null }, Ct);
        }

        // The garbage collector takes its own finalizer off last.
        await Eventually.BecomesAsync(token => scene.Client.AppsV1.ListNamespacedStatefulSetAsync(space, cancellationToken: token), list => list.Items.Count == 0, cancellation: Ct);
        var next = await scene.CreateStatefulSetAsync(space, "web", 2, Pods.Annotations(isFixed: true), Ct);
        foreach (var (name, first) in before)
        {
            var adopted = await ReferringAsync(scene, space, name, next.Uid());
            Assert.True(adopted.IsBound);
            Assert.Equal((first.Claim!.Metadata.Uid, first.Address!.Id, first.Pod!.Metadata.Uid), (adopted.Claim!.Metadata.Uid, adopted.Address!.Id, adopted.Pod!.Metadata.Uid));
        }

        Assert.Empty(scene.Calls.Read("ReleaseAddresses"));
        Assert.Empty(scene.Calls.Read("DisassociateAddress"));
    }

    [Fact]
    public async Task A_Deployment_takes_the_addresses_of_its_ReplicaSets_Pods_along()
    {
        var (scene, space) = await OpenAsync("deployment", Cascading);
        var deployment = await scene.CreateDeploymentAsync(space, "web", 2, Pods.Annotations(isFixed: true), Ct);
        foreach (var name in (await scene.AllBoundAsync(space, 2, Ct)).Keys)
        {
            var sight = await ReferringAsync(scene, space, name, deployment.Uid());
            Assert.Equal(("apps/v1", "Deployment", "web"), (sight.Claim!.Spec.WorkloadRef!.ApiVersion, sight.Claim.Spec.WorkloadRef.Kind, sight.Claim.Spec.WorkloadRef.Name));
        }

        await EndAsync(scene, space, "Background", (options, token) => scene.Client.AppsV1.DeleteNamespacedDeploymentAsync("web", space, options, cancellationToken: token));
    }

    [Fact]
    public async Task A_CronJob_takes_the_address_of_its_Jobs_Pod_along()
    {
        var (scene, space) = await OpenAsync("cron", Cascading);
        var version = (await scene.Api.GetVersionAsync(Ct)).IsAtLeast(21) ? "v1" : "v1beta1";
        var template = new JsonObject
        {
            ["metadata"] = new JsonObject { ["annotations"] = Json(Pods.Annotations(isFixed: true)) },
            ["spec"] = JsonNode.Parse("""{ "restartPolicy": "Never", "automountServiceAccountToken": false, "containers": [ { "name": "main", "image": "busybox", "resources": { "requests": { "tke.cloud.tencent.com/eip": "1", "tke.cloud.tencent.com/eni-ip": "1" }, "limits": { "tke.cloud.tencent.com/eip": "1", "tke.cloud.tencent.com/eni-ip": "1" } } } ] }"""),
        };
        var path = ResourcePath.Group("batch", version, "cronjobs", space, "nightly");
        var cron = await scene.Api.ApplyAsync(path, $$"""
            { "apiVersion": "batch/{{version}}", "kind": "CronJob", "metadata": { "name": "nightly" },
              "spec": { "schedule": "0 0 1 1 *", "suspend": true, "jobTemplate": { "spec": { "template": {{template.ToJsonString()}} } } } }
            """, Ct);
        await scene.Api.ApplyAsync(ResourcePath.Group("batch", "v1", "jobs", space, "nightly-1"), $$"""
            { "apiVersion": "batch/v1", "kind": "Job", "spec": { "template": {{template.ToJsonString()}} },
              "metadata": { "name": "nightly-1", "ownerReferences": [ { "apiVersion": "batch/{{version}}", "kind": "CronJob", "name": "nightly", "uid": "{{cron.Uid()}}", "controller": true } ] } }
            """, Ct);
        var name = Assert.Single((await scene.AllBoundAsync(space, 1, Ct)).Keys);
        Assert.Equal("CronJob", (await ReferringAsync(scene, space, name, cron.Uid())).Claim!.Spec.WorkloadRef!.Kind);
        await EndAsync(scene, space, "Background", (_, token) => scene.Api.DeleteAsync(path, null, PropagationPolicy.Background, token));
    }

    [Fact]
    public async Task An_owner_of_a_custom_kind_takes_the_addresses_of_its_Pods_along()
    {
        var (scene, space) = await OpenAsync("clones", Cascading);
        await scene.Api.ApplyAsync(Manifests.CrdPath("clonesets.apps.kruise.io"), """
            { "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": { "name": "clonesets.apps.kruise.io" },
              "spec": { "group": "apps.kruise.io", "scope": "Namespaced", "names": { "plural": "clonesets", "singular": "cloneset", "kind": "CloneSet", "listKind": "CloneSetList" },
                "versions": [ { "name": "v1alpha1", "served": true, "storage": true, "schema": { "openAPIV3Schema": { "type": "object" } } } ] } }
            """, Ct);
        var path = ResourcePath.Group("apps.kruise.io", "v1alpha1", "clonesets", space, "web");
        var clones = await Eventually.BecomesAsync(
            token => scene.Api.ApplyAsync(path, """{ "apiVersion": "apps.kruise.io/v1alpha1", "kind": "CloneSet", "metadata": { "name": "web" } }""", token), o => o is not null, cancellation: Ct);
        await scene.CreateAsync(space, Pods.New("web-x7f2k", isFixed: true, change: pod => pod.Metadata.OwnerReferences =
            [new V1OwnerReference { ApiVersion = "apps.kruise.io/v1alpha1", Kind = "CloneSet", Name = "web", Uid = clones.Uid(), Controller = true, BlockOwnerDeletion = true }]), Ct);
        await scene.BoundAsync(space, "web-x7f2k", Ct);
        Assert.Equal("CloneSet", (await ReferringAsync(scene, space, "web-x7f2k", clones.Uid())).Claim!.Spec.WorkloadRef!.Kind);
        await EndAsync(scene, space, "Foreground", (_, token) => scene.Api.DeleteAsync(path, null, PropagationPolicy.Foreground, token));
    }

    [Fact]
    public async Task A_cloud_that_does_not_answer_does_not_hold_up_the_end_of_the_workload()
    {
        var (scene, space) = await OpenAsync("outage", Cascading);
        var set = await scene.CreateStatefulSetAsync(space, "web", 2, Pods.Annotations(isFixed: true), Ct);
        var before = await scene.AllBoundAsync(space, 2, Ct);
        await ReferringAsync(scene, space, "web-0", set.Uid());
        await ReferringAsync(scene, space, "web-1", set.Uid());

        scene.Cloud.Gate.Faults.Inject(new Fault { Kind = FaultKind.ErrorBefore });
        await scene.Client.AppsV1.DeleteNamespacedStatefulSetAsync("web", space, new V1DeleteOptions { PropagationPolicy = "Foreground" }, cancellationToken: Ct);
        await Eventually.BecomesTrueAsync(
            async token => (await scene.Client.AppsV1.ListNamespacedStatefulSetAsync(space, cancellationToken: token)).Items.Count == 0, description: "the StatefulSet to be gone", cancellation: Ct);
        foreach (var (name, sight) in before)
        {
            var left = await scene.SeesAsync(space, name, s => s.Pod is null, Ct);
            Assert.NotNull(left.Claim!.Metadata.DeletionTimestamp);
            Assert.NotNull(scene.Model.FindAddress(sight.Address!.Id));
        }

        scene.Cloud.Gate.Faults.Clear();
        await ReleasedAsync(scene, space, before);
    }

    [Fact]
    public async Task Workloads_from_before_the_flag_are_caught_up_and_the_flag_off_is_really_off()
    {
        var (scene, space) = await OpenAsync("later", WithoutFlag);
        await scene.CreateStatefulSetAsync(space, "old", 1, Pods.Annotations(isFixed: true), Ct);
        var set = await scene.CreateStatefulSetAsync(space, "web", 2, Pods.Annotations(isFixed: true), Ct);
        var before = await scene.AllBoundAsync(space, 3, Ct);
        Assert.All(before.Values, sight => Assert.Equal(sight.Pod!.Metadata.OwnerReferences[0].Uid, sight.Claim!.Spec.WorkloadRef?.Uid));
        Assert.All(before.Values, sight => Assert.Null(sight.Claim!.Metadata.OwnerReferences));

        // Without the flag a deleted workload leaves its addresses behind.
        await scene.Client.AppsV1.DeleteNamespacedStatefulSetAsync("old", space, cancellationToken: Ct);
        await scene.SeesAsync(space, "old-0", sight => sight is { Pod: null, Claim.Status.Phase: ClaimPhase.Retained }, Ct);
        await ScaleAsync(scene, space, 1);
        await scene.SeesAsync(space, "web-1", sight => sight is { Pod: null, Claim.Status.Phase: ClaimPhase.Retained }, Ct);

        await RestartAsync(scene, Flag);
        await ReferringAsync(scene, space, "web-0", set.Uid());
        await ReferringAsync(scene, space, "web-1", set.Uid());
        var gone = await scene.WaitsForAsync(space, "old-0", Reasons.WorkloadGone, Ct);
        Assert.Contains("StatefulSet old no longer exists", (await scene.EventAsync(space, "EIPClaim", "old-0", EventReasons.WorkloadGone, Ct)).Message, StringComparison.Ordinal);
        Assert.Equal((ClaimPhase.Retained, before["old-0"].Address!.Id), (gone.Claim!.Status.Phase, gone.Address?.Id));
        Assert.Null(gone.Claim.Metadata.OwnerReferences);

        await RestartAsync(scene);
        foreach (var name in (string[])["web-0", "web-1"])
        {
            await scene.SeesAsync(space, name, sight => sight.Claim is { Metadata: { DeletionTimestamp: null, OwnerReferences: null } }, Ct);
        }

        await scene.WaitsForAsync(space, "old-0", Reasons.Retained, Ct);
        await scene.Client.AppsV1.DeleteNamespacedStatefulSetAsync("web", space, cancellationToken: Ct);
        await scene.SeesAsync(space, "web-0", sight => sight is { Pod: null, Claim: { Metadata.DeletionTimestamp: null, Status.Phase: ClaimPhase.Retained } }, Ct);
        Assert.Empty(scene.Calls.Read("ReleaseAddresses"));
    }

    /// <summary>Deletes a workload, and waits until everything of it is gone: nothing is bought meanwhile, and no address is released before its Pod is gone.</summary>
    private static async Task EndAsync(Scene scene, string space, string policy, Func<V1DeleteOptions, CancellationToken, Task> delete)
    {
        var before = await scene.LookAtAllAsync(space, Ct);
        scene.Calls.Clear();
        await delete(new V1DeleteOptions { PropagationPolicy = policy }, Ct);
        await ReleasedAsync(scene, space, before);
        Assert.Empty(scene.Calls.Read("AllocateAddresses"));
        Assert.Empty(scene.Calls.Read("AssociateAddress"));
    }

    private static async Task ReleasedAsync(Scene scene, string space, IReadOnlyDictionary<string, Sight> before)
    {
        var early = "";
        await Eventually.BecomesTrueAsync(
            async token =>
            {
                var released = before.Where(pair => scene.Model.FindAddress(pair.Value.Address!.Id) is null).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
                var left = await scene.LookAtAllAsync(space, token);
                early += string.Concat(left.Where(pair => pair.Value.Pod is not null && released.Contains(pair.Key)).Select(pair => pair.Key + " "));
                return left.Count == 0 && released.Count == before.Count;
            },
            description: "Pods, claims and addresses to be gone", cancellation: Ct);
        Assert.Equal("", early);
    }

    /// <summary>Waits until the claim of that name refers to an owner, as the garbage collector wants it.</summary>
    private static async Task<Sight> ReferringAsync(Scene scene, string space, string name, string uid)
    {
        var sight = await scene.SeesAsync(space, name, s => s.Claim?.Metadata.OwnerReferences is [{ } only] && only.Uid == uid && s.Claim.Spec.WorkloadRef?.Uid == uid, Ct, description: $"a reference to {uid}");
        var owner = sight.Claim!.Metadata.OwnerReferences![0];
        Assert.Equal((null, false), (owner.Controller, owner.BlockOwnerDeletion));
        return sight;
    }

    private static async Task ScaleAsync(Scene scene, string space, int replicas) => await scene.Client.AppsV1.PatchNamespacedStatefulSetAsync(
        new V1Patch($$"""{"spec":{"replicas": {{replicas}} } }""", V1Patch.PatchType.MergePatch), "web", space, cancellationToken: Ct);

    private static async Task RestartAsync(Scene scene, params string[] more)
    {
        await scene.Controller.StopAsync();
        scene.Controller.Start(more);
        await scene.Controller.ReadyAsync(Ct);
    }

    private static JsonObject Json(IDictionary<string, string> map)
    {
        var json = new JsonObject();
        foreach (var (name, value) in map)
        {
            json[name] = value;
        }

        return json;
    }
}
