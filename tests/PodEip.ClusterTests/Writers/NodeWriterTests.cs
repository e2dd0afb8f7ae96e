using System.Globalization;
using System.Text.Json.Nodes;
using PodEip.Claims.Nodes;
using PodEip.Controller.Cluster;
using PodEip.Controller.Nodes;
using PodEip.Kubernetes;
using PodEip.Kubernetes.Api;
using PodEip.Scenes;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.ClusterTests.Writers;

/// <summary>Capacity on a real API server, with the controller's rights and no others.</summary>
public sealed class NodeWriterTests(ControlPlaneFixture planes) : IAsyncLifetime
{
    private const string Resource = "tke.cloud.tencent.com/eip";

    private readonly string _name = $"node-{Guid.NewGuid():N}"[..20];
    private WriterCluster _cluster = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Path => ResourcePath.Core("v1", "nodes", ns: null, _name);

    public async ValueTask InitializeAsync()
    {
        _cluster = await WriterCluster.CreateAsync(planes, Ct);
        await CreateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.Admin.DeleteAsync(Path, preconditions: null, propagation: null, CancellationToken.None);
        _cluster.Dispose();
    }

    [Fact]
    public async Task Capacity_and_allocatable_are_set_and_removed_and_nothing_else_is_touched()
    {
        INodeWriter writer = new KubernetesNodeWriter(_cluster.Controller, Resource);
        var node = await ReadAsync();
        var version = await writer.WriteAsync(node, 3, Ct);
        var shown = await ReadAsync();
        Assert.Equal(("3", "3"), (shown.Capacity, shown.Allocatable));
        // The node lifecycle controller may have tainted it since.
        Assert.InRange(long.Parse(version!, CultureInfo.InvariantCulture), long.Parse(node.ResourceVersion!, CultureInfo.InvariantCulture) + 1, long.Parse(shown.ResourceVersion!, CultureInfo.InvariantCulture));
        Assert.NotNull(await writer.WriteAsync(node, 0, Ct));
        Assert.Equal("0", (await ReadAsync()).Capacity);
        Assert.NotNull(await writer.WriteAsync(node, null, Ct));
        shown = await ReadAsync();
        Assert.Equal((null, null), (shown.Capacity, shown.Allocatable));
        var status = (await _cluster.Admin.GetAsync(Path, TestJson.Default.JsonObject, Ct))!["status"]!;
        Assert.Equal(("4", "4", "10.0.0.7"), ((string?)status["capacity"]!["cpu"], (string?)status["allocatable"]!["cpu"], (string?)status["addresses"]![1]!["address"]));
    }

    [Fact]
    public async Task Another_Node_of_the_name_is_left_alone()
    {
        INodeWriter writer = new KubernetesNodeWriter(_cluster.Controller, Resource);
        var node = await ReadAsync();
        await _cluster.Admin.DeleteAsync(Path, preconditions: null, propagation: null, Ct);
        Assert.Null(await writer.WriteAsync(node, 3, Ct));
        await CreateAsync();
        Assert.Null(await writer.WriteAsync(node, 3, Ct));
        Assert.Null((await ReadAsync()).Capacity);
    }

    [Fact]
    public async Task The_controller_may_list_and_watch_Nodes()
    {
        var nodes = await _cluster.Controller.ListAsync(ResourcePath.Core("v1", "nodes"), ClusterJson.Default.NodeObject, options: null, Ct);
        var node = nodes.Items.Select(new NodeProjection(Resource).Project).Single(n => n?.Name == _name)!;
        Assert.Equal(new NodeIdentity("ins-1a2b3c4d", "10.0.0.7"), node.Identity);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var informer = new Kubernetes.Watching.Informer<NodeObject, NodeRecord>(
            _cluster.Controller, "nodes", ResourcePath.Core("v1", "nodes"), ClusterJson.Default.NodeObject, new NodeProjection(Resource).Project, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var run = informer.RunAsync(stop.Token);
        await new KubernetesNodeWriter(_cluster.Controller, Resource).WriteAsync(node, 2, Ct);
        await Eventually.BecomesTrueAsync(() => informer.Store.TryGet(new ObjectKey("", _name), out var seen) && seen.Capacity == "2", cancellation: Ct);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private async Task<NodeRecord> ReadAsync() => new NodeProjection(Resource).Project((await _cluster.Admin.GetAsync(Path, ClusterJson.Default.NodeObject, Ct))!)!;

    private Task<JsonObject> CreateAsync() => _cluster.Admin.CreateAsync(
        ResourcePath.Core("v1", "nodes"),
        JsonNode.Parse(
            $$"""
            { "apiVersion": "v1", "kind": "Node", "metadata": { "name": "{{_name}}" },
              "spec": { "providerID": "qcloud:///800002/ins-1a2b3c4d", "unschedulable": true },
              "status": { "capacity": { "cpu": "4" }, "allocatable": { "cpu": "4" }, "addresses": [ { "type": "InternalIP", "address": "fd00::7" }, { "type": "InternalIP", "address": "10.0.0.7" } ] } }
            """)!.AsObject(),
        TestJson.Default.JsonObject,
        Ct);
}
