using System.Text;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;
using PodEip.Kubernetes.Patches;
using PodEip.Kubernetes.Tests.Fakes;
using PodEip.TestKit.ControlPlane;
using Xunit;

namespace PodEip.Kubernetes.Tests.RealServer;

public sealed class PatchTests(ControlPlaneFixture cluster)
{
    private const string Finalizer = "podeip.io/test";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Annotations_are_set_and_removed_and_a_stale_version_is_a_conflict()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        var made = await server.CreateAsync("a", "red", Ct);
        var set = await PatchAsync(server, new MergePatch().OnlyAt(made.Metadata.ResourceVersion!).Annotation("one", "1").Annotation("two", "2"));
        Assert.Equal(("1", "2"), (set.Metadata.Annotations!["one"], set.Metadata.Annotations["two"]));
        var stale = await Assert.ThrowsAsync<KubeApiException>(() => PatchAsync(server, new MergePatch().OnlyAt(made.Metadata.ResourceVersion!).Annotation("one", "x")));
        Assert.True(stale.IsConflict, stale.Message);
        var removed = await PatchAsync(server, new MergePatch().OnlyAt(set.Metadata.ResourceVersion!).Annotation("one", null));
        Assert.Equal(["two"], removed.Metadata.Annotations!.Keys);
    }

    [Fact]
    public async Task A_patch_for_another_UID_leaves_the_namesake_alone()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        await server.CreateAsync("a", "red", Ct);
        var other = await Assert.ThrowsAsync<KubeApiException>(() => PatchAsync(server, new MergePatch().OnlyFor("00000000-0000-0000-0000-000000000000").Annotation("one", "1")));
        Assert.True(other.IsConflict, other.Message);
        Assert.Null((await server.Api.GetAsync(server.Map("a"), ThingJson.Default.Thing, Ct))!.Metadata.Annotations);
    }

    [Fact]
    public async Task Finalizers_are_added_and_removed_by_index_only_on_the_object_that_was_read()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        var made = await server.CreateAsync("a", "red", Ct);
        var one = await FinalizeAsync(server, FinalizerPatch.Add(made.Metadata, Finalizer));
        var two = await FinalizeAsync(server, FinalizerPatch.Add(one.Metadata, Finalizer + "-2"));
        Assert.Equal([Finalizer, Finalizer + "-2"], two.Metadata.Finalizers!);
        Assert.Null(FinalizerPatch.Add(two.Metadata, Finalizer));

        // The object has moved on since `one`: index 0 could be another's by now.
        var stale = await Assert.ThrowsAsync<KubeApiException>(() => FinalizeAsync(server, FinalizerPatch.Remove(one.Metadata, Finalizer)));
        Assert.True(stale.IsConflict, stale.Message);

        var left = await FinalizeAsync(server, FinalizerPatch.Remove(two.Metadata, Finalizer));
        Assert.Equal([Finalizer + "-2"], left.Metadata.Finalizers!);
        Assert.Null(FinalizerPatch.Remove(left.Metadata, Finalizer));
        await FinalizeAsync(server, FinalizerPatch.Remove(left.Metadata, Finalizer + "-2"));
    }

    [Fact]
    public async Task A_Pods_annotation_and_condition_go_in_one_patch_of_its_status()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        var body = new PodLike { ApiVersion = "v1", Kind = "Pod", Metadata = new ObjectMeta { Name = "p" }, Spec = new PodLikeSpec([new ContainerLike("main", "busybox")]) };
        var pod = await server.Api.CreateAsync(ResourcePath.Core("v1", "pods", server.Space), body, ThingJson.Default.PodLike, Ct);
        var path = ResourcePath.Core("v1", "pods", server.Space, "p", "status");
        var patch = new MergePatch()
            .OnlyFor(pod.Metadata.Uid!)
            .Annotation("tke.cloud.tencent.com/eip-public-ip", "203.0.113.7")
            .Status(new PodLikeStatus(Conditions: [new ConditionLike("podeip.io/bound", "True")]), ThingJson.Default.PodLikeStatus);
        var patched = await server.Api.PatchAsync(path, PatchKind.Strategic, patch.ToBytes(), ThingJson.Default.PodLike, Ct);
        Assert.Equal("203.0.113.7", patched.Metadata.Annotations!["tke.cloud.tencent.com/eip-public-ip"]);
        Assert.Contains(patched.Status!.Conditions!, condition => condition is { Type: "podeip.io/bound", Status: "True" });
    }

    [Fact]
    public async Task Objects_are_created_once_replaced_at_their_version_applied_and_deleted_as_agreed()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        Assert.Null(await server.Api.GetAsync(server.Map("a"), ThingJson.Default.Thing, Ct));
        var made = await server.CreateAsync("a", "red", Ct);
        Assert.True((await Assert.ThrowsAsync<KubeApiException>(() => server.CreateAsync("a", "red", Ct))).IsAlreadyExists);
        var replaced = await server.Api.ReplaceAsync(server.Map("a"), made with { Data = new Dictionary<string, string> { ["x"] = "1" } }, ThingJson.Default.Thing, Ct);
        Assert.Equal("1", replaced.Data!["x"]);
        Assert.True((await Assert.ThrowsAsync<KubeApiException>(() => server.Api.ReplaceAsync(server.Map("a"), made, ThingJson.Default.Thing, Ct))).IsConflict);

        var apply = Encoding.UTF8.GetBytes("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"2"}}""");
        Assert.Equal("2", (await server.Api.PatchAsync(server.Map("a"), PatchKind.Apply, apply, ThingJson.Default.Thing, Ct)).Data!["x"]);

        var wrong = await Assert.ThrowsAsync<KubeApiException>(() => server.Api.DeleteAsync(server.Map("a"), new DeletePreconditions("00000000-0000-0000-0000-000000000000"), null, Ct));
        Assert.True(wrong.IsConflict, wrong.Message);
        Assert.True(await server.Api.DeleteAsync(server.Map("a"), new DeletePreconditions(made.Metadata.Uid), PropagationPolicy.Background, Ct));
        Assert.False(await server.Api.DeleteAsync(server.Map("a"), null, null, Ct));
        Assert.True((await server.Api.GetVersionAsync(Ct)).IsAtLeast(20));
    }

    [Fact]
    public async Task A_list_comes_whole_from_many_pages()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        for (var i = 0; i < 5; i++)
        {
            await server.CreateAsync($"m-{i}", i % 2 == 0 ? "even" : "odd", Ct);
        }

        var api = server.MeddledApi(options: new KubeApiOptions { PageSize = 2 });
        var all = await api.ListAsync(server.Maps, ThingJson.Default.Thing, new ListOptions("color"), Ct);
        Assert.Equal(["m-0", "m-1", "m-2", "m-3", "m-4"], all.Items.Select(item => item.Metadata.Name!));
        var even = await api.ListAsync(server.Maps, ThingJson.Default.Thing, new ListOptions("color=even"), Ct);
        Assert.Equal(3, even.Items.Count);
        Assert.NotEmpty(even.ResourceVersion);
    }

    [Fact]
    public async Task A_missing_right_is_Forbidden_and_named()
    {
        var plane = await cluster.StartedAsync(Ct);
        var space = await cluster.CreateNamespaceAsync("kube", Ct);
        using var nobody = KubeConnection.Create(plane.MintKubeconfig("nobody"), context: null);
        var api = new KubeApi(nobody, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var error = await Assert.ThrowsAsync<KubeApiException>(() => api.GetAsync(ResourcePath.Core("v1", "pods", space, "p"), ThingJson.Default.Thing, Ct));
        Assert.True(error.IsForbidden, error.Message);
        Assert.Contains("nobody", error.Message, StringComparison.Ordinal);
    }

    private static Task<Thing> PatchAsync(Server server, MergePatch patch) => server.Api.PatchAsync(server.Map("a"), PatchKind.Merge, patch.ToBytes(), ThingJson.Default.Thing, Ct);

    private static Task<Thing> FinalizeAsync(Server server, ReadOnlyMemory<byte>? patch) => server.Api.PatchAsync(server.Map("a"), PatchKind.JsonPatch, patch!.Value, ThingJson.Default.Thing, Ct);
}
