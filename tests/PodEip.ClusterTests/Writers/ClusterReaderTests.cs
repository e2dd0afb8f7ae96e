using System.Text.Json.Nodes;
using PodEip.Api.Demands;
using PodEip.Claims.View;
using PodEip.Kubernetes.Api;
using PodEip.Scenes;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.ClusterTests.Writers;

public sealed class ClusterReaderTests(ControlPlaneFixture planes) : IAsyncLifetime
{
    private const string Template = """ "template": { "metadata": { "labels": { "app": "a" } }, "spec": { "schedulerName": "nobody", "restartPolicy": "RESTART", "containers": [ { "name": "c", "image": "busybox" } ] } } """;
    private WriterCluster _cluster = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await WriterCluster.CreateAsync(planes, Cancellation);

    public ValueTask DisposeAsync()
    {
        _cluster.Dispose();
        return ValueTask.CompletedTask;
    }

    private string Path(string group, string version, string plural, string name) => ResourcePath.Group(group, version, plural, _cluster.Namespace, name);

    /// <summary>The Pod that the cluster's own controllers made for a workload.</summary>
    private async Task<PodView> PodOfAsync(string kind) => await Eventually.BecomesAsync(
        async token =>
        {
            var pods = await _cluster.Admin.ListAsync(_cluster.Pods(), PodEip.Controller.Cluster.ClusterJson.Default.PodObject, null, token);
            return pods.Items.Select(_cluster.Projection.View).FirstOrDefault(p => p.Workload?.Kind == kind);
        },
        pod => pod is not null,
        cancellation: Cancellation) ?? throw new InvalidOperationException("checked before");

    private async Task<(string Kind, string Name, OwnerState State, string? Beyond)> TopAsync(PodView pod)
    {
        var known = Assert.IsType<OwnerLookup.Known>(await _cluster.Reader.ReadOwnerAsync(_cluster.Namespace, pod.Workload!, Cancellation));
        return (known.Top.Kind, known.Top.Name, known.State, known.Beyond?.Name);
    }

    /// <summary>Deletes what a finalizer of the test still holds, so that it stays there, ending.</summary>
    private Task<bool> EndAsync(string path) => _cluster.Admin.DeleteAsync(path, null, PropagationPolicy.Background, Cancellation);

    private Task<JsonObject> LetGoAsync(string path) => _cluster.Admin.PatchAsync(path, PatchKind.Merge, """{"metadata":{"finalizers":null}}"""u8.ToArray(), TestJson.Default.JsonObject, Cancellation);

    [Fact]
    public async Task A_Pod_is_read_with_or_without_a_demand()
    {
        var pod = await _cluster.PodAsync("web-3", "", Cancellation);
        var view = (await _cluster.Reader.ReadPodAsync(_cluster.Key("web-3"), Cancellation))!;
        Assert.Equal((pod.Uid(), 3), (view.Uid, view.Ordinal));
        Assert.IsType<PodDemand.None>(view.Reading.Demand);
        Assert.Null(view.PrivateIp);
        Assert.Null(await _cluster.Reader.ReadPodAsync(_cluster.Key("none"), Cancellation));
    }

    [Fact]
    public async Task The_end_of_a_Deployment_is_seen_from_its_Pod()
    {
        var path = Path("apps", "v1", "deployments", "web");
        await _cluster.Admin.ApplyAsync(path, $$"""
            { "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "web", "finalizers": [ "example.com/hold" ] },
              "spec": { "replicas": 1, "selector": { "matchLabels": { "app": "a" } }, {{Template.Replace("RESTART", "Always", StringComparison.Ordinal)}} } }
            """, Cancellation);
        var pod = await PodOfAsync("ReplicaSet");
        Assert.Null(pod.Ordinal);
        Assert.False(await _cluster.Reader.IsWorkloadEndingAsync(pod, Cancellation));
        Assert.Equal(("Deployment", "web", OwnerState.Present, null), await TopAsync(pod));
        await EndAsync(path);
        Assert.True(await _cluster.Reader.IsWorkloadEndingAsync(pod, Cancellation));
        Assert.Equal(("Deployment", "web", OwnerState.Ending, null), await TopAsync(pod));
        await LetGoAsync(path);
        Assert.True(await _cluster.Reader.IsWorkloadEndingAsync(pod, Cancellation));
        Assert.Equal(OwnerState.Gone, (await TopAsync(pod)).State);
    }

    [Fact]
    public async Task The_end_of_a_CronJob_is_seen_from_the_Pod_of_its_Job()
    {
        var version = (await _cluster.Admin.GetVersionAsync(Cancellation)).IsAtLeast(21) ? "v1" : "v1beta1";
        var job = $$""" "spec": { {{Template.Replace("RESTART", "Never", StringComparison.Ordinal)}} } """;
        var path = Path("batch", version, "cronjobs", "nightly");
        var cron = await _cluster.Admin.ApplyAsync(path, $$"""
            { "apiVersion": "batch/{{version}}", "kind": "CronJob", "metadata": { "name": "nightly", "finalizers": [ "example.com/hold" ] },
              "spec": { "schedule": "0 0 1 1 *", "suspend": true, "jobTemplate": { {{job}} } } }
            """, Cancellation);
        await _cluster.Admin.ApplyAsync(Path("batch", "v1", "jobs", "nightly-1"), $$"""
            { "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "nightly-1",
                "ownerReferences": [ { "apiVersion": "batch/{{version}}", "kind": "CronJob", "name": "nightly", "uid": "{{cron.Uid()}}", "controller": true } ] }, {{job}} }
            """, Cancellation);
        var pod = await PodOfAsync("Job");
        Assert.False(await _cluster.Reader.IsWorkloadEndingAsync(pod, Cancellation));
        Assert.Equal(("CronJob", "nightly", OwnerState.Present, null), await TopAsync(pod));
        await EndAsync(path);
        Assert.True(await _cluster.Reader.IsWorkloadEndingAsync(pod, Cancellation));
        await LetGoAsync(path);
    }

    [Fact]
    public async Task The_end_of_an_owner_of_a_custom_kind_is_seen_where_its_kind_may_be_read()
    {
        var group = $"{_cluster.Namespace}.example.com";
        await _cluster.Admin.ApplyAsync(Manifests.CrdPath($"geese.{group}"), $$"""
            { "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": { "name": "geese.{{group}}" },
              "spec": { "group": "{{group}}", "scope": "Namespaced", "names": { "plural": "geese", "singular": "goose", "kind": "Goose", "listKind": "GooseList" },
                "versions": [ { "name": "v1", "served": true, "storage": true, "schema": { "openAPIV3Schema": { "type": "object" } } } ] } }
            """, Cancellation);
        var path = Path(group, "v1", "geese", "gus");
        var goose = await Eventually.BecomesAsync(
            token => _cluster.Admin.ApplyAsync(path, $$"""{ "apiVersion": "{{group}}/v1", "kind": "Goose", "metadata": { "name": "gus", "finalizers": [ "example.com/hold" ] } }""", token),
            o => o is not null, cancellation: Cancellation);
        await _cluster.PodAsync("web-0", $$""" "ownerReferences": [ { "apiVersion": "{{group}}/v1", "kind": "Goose", "name": "gus", "uid": "{{goose.Uid()}}", "controller": true } ] """, Cancellation);
        var pod = (await _cluster.Reader.ReadPodAsync(_cluster.Key("web-0"), Cancellation))!;
        await EndAsync(path);

        // No right to read geese: their end is not noticed, and nothing fails.
        Assert.False(await _cluster.Reader.IsWorkloadEndingAsync(pod, Cancellation));
        Assert.Equal(("Goose", "gus", OwnerState.Unreadable, null), await TopAsync(pod));
        Assert.Equal(OwnerState.Unreadable, await _cluster.Reader.LookAtOwnerAsync(_cluster.Namespace, pod.Workload!, Cancellation));

        // Above an owner that may be read, the chain ends with that one, and the other's name is known.
        var holder = await _cluster.Admin.ApplyAsync(Path("apps", "v1", "statefulsets", "flock"), $$"""
            { "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": { "name": "flock", "ownerReferences": [ { "apiVersion": "{{group}}/v1", "kind": "Goose", "name": "gus", "uid": "{{goose.Uid()}}", "controller": true } ] },
              "spec": { "replicas": 0, "serviceName": "flock", "selector": { "matchLabels": { "app": "a" } }, {{Template.Replace("RESTART", "Always", StringComparison.Ordinal)}} } }
            """, Cancellation);
        var flock = pod with { Workload = new() { ApiVersion = "apps/v1", Kind = "StatefulSet", Name = "flock", Uid = holder.Uid() } };
        Assert.Equal(("StatefulSet", "flock", OwnerState.Present, "gus"), await TopAsync(flock));
        var role = $"geese-{_cluster.Namespace}";
        await _cluster.Admin.ApplyAsync(ResourcePath.Group("rbac.authorization.k8s.io", "v1", "clusterroles", name: role), Manifests.Role("ClusterRole", role, [new(group, "geese", ["get"], "", [], OwnNamespace: false)]), Cancellation);
        await _cluster.Admin.ApplyAsync(
            ResourcePath.Group("rbac.authorization.k8s.io", "v1", "clusterrolebindings", name: role),
            Manifests.Binding("ClusterRoleBinding", role, "ClusterRole", role, ControllerRights.UserOf(_cluster.Namespace)), Cancellation);
        await Eventually.BecomesTrueAsync(token => _cluster.Reader.IsWorkloadEndingAsync(pod, token), cancellation: Cancellation);
        Assert.Equal(("Goose", "gus", OwnerState.Ending, null), await TopAsync(flock));
        await LetGoAsync(path);
    }

    [Fact]
    public async Task Owners_that_are_gone_or_replaced_count_as_ending()
    {
        var path = Path("apps", "v1", "statefulsets", "web");
        var set = await _cluster.Admin.ApplyAsync(path, $$"""
            { "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": { "name": "web" },
              "spec": { "replicas": 1, "serviceName": "web", "selector": { "matchLabels": { "app": "a" } }, {{Template.Replace("RESTART", "Always", StringComparison.Ordinal)}} } }
            """, Cancellation);
        var pod = await PodOfAsync("StatefulSet");
        Assert.Equal((0, true, set.Uid()), (pod.Ordinal, pod.MayStartElsewhere, pod.Workload!.Uid));
        Assert.False(await _cluster.Reader.IsWorkloadEndingAsync(pod, Cancellation));
        Assert.Equal(("StatefulSet", "web", OwnerState.Present, null), await TopAsync(pod));
        Assert.Equal(OwnerState.Gone, (await TopAsync(pod with { Workload = pod.Workload with { Uid = "another" } })).State);
        Assert.Equal(OwnerState.Gone, await _cluster.Reader.LookAtOwnerAsync(_cluster.Namespace, pod.Workload with { Name = "gone" }, Cancellation));
        Assert.Equal(OwnerState.Unreadable, (await TopAsync(pod with { Workload = pod.Workload with { ApiVersion = "gone.example.com/v1" } })).State);
        Assert.True(await _cluster.Reader.IsWorkloadEndingAsync(pod with { Workload = pod.Workload with { Uid = "another" } }, Cancellation));
        Assert.True(await _cluster.Reader.IsWorkloadEndingAsync(pod with { Workload = pod.Workload with { Name = "gone" } }, Cancellation));
        Assert.True(await _cluster.Reader.IsWorkloadEndingAsync(pod with { Workload = pod.Workload with { ApiVersion = "gone.example.com/v1" } }, Cancellation));
        // A reference keeps the version it was written with, also when the server has dropped it.
        Assert.False(await _cluster.Reader.IsWorkloadEndingAsync(pod with { Workload = pod.Workload with { ApiVersion = "apps/v1beta1" } }, Cancellation));
        Assert.False(await _cluster.Reader.IsWorkloadEndingAsync(pod with { Workload = null }, Cancellation));
    }

    [Fact]
    public async Task The_end_of_the_namespace_is_seen()
    {
        var other = await planes.CreateNamespaceAsync("ending", Cancellation);
        await _cluster.Admin.ApplyAsync(ResourcePath.Core("v1", "configmaps", other, "held"), """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"held","finalizers":["example.com/hold"]}}""", Cancellation);
        await _cluster.PodAsync("web-0", "", Cancellation);
        var pod = (await _cluster.Reader.ReadPodAsync(_cluster.Key("web-0"), Cancellation))!;
        pod = pod with { Key = new(other, "web-0") };
        Assert.False(await _cluster.Reader.IsWorkloadEndingAsync(pod, Cancellation));
        await _cluster.Admin.DeleteAsync(ResourcePath.Core("v1", "namespaces", name: other), null, null, Cancellation);
        Assert.True(await _cluster.Reader.IsWorkloadEndingAsync(pod, Cancellation));
        await LetGoAsync(ResourcePath.Core("v1", "configmaps", other, "held"));
    }

    [Fact]
    public async Task The_first_ordinal_is_read_where_the_server_has_the_field()
    {
        var hasField = (await _cluster.Admin.GetVersionAsync(Cancellation)).IsAtLeast(27);
        var set = await _cluster.Admin.ApplyAsync(Path("apps", "v1", "statefulsets", "web"), $$"""
            { "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": { "name": "web" },
              "spec": { "replicas": 0, "serviceName": "web", {{(hasField ? """ "ordinals": { "start": 5 }, """ : "")}} "selector": { "matchLabels": { "app": "a" } }, {{Template.Replace("RESTART", "Always", StringComparison.Ordinal)}} } }
            """, Cancellation);
        await _cluster.PodAsync("web-7", "", Cancellation);
        var pod = (await _cluster.Reader.ReadPodAsync(_cluster.Key("web-7"), Cancellation))! with
        {
            MayStartElsewhere = true,
            Workload = new() { ApiVersion = "apps/v1", Kind = "StatefulSet", Name = "web", Uid = set.Uid() },
        };
        Assert.Equal(hasField ? 5 : 0, await _cluster.Reader.ReadFirstOrdinalAsync(pod, Cancellation));
        Assert.Equal(0, await _cluster.Reader.ReadFirstOrdinalAsync(pod with { Workload = pod.Workload with { Uid = "another" } }, Cancellation));
        Assert.Equal(0, await _cluster.Reader.ReadFirstOrdinalAsync(pod with { Workload = pod.Workload with { Name = "gone" } }, Cancellation));
    }
}
