using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Controller.Cluster;
using PodEip.Kubernetes.Api;
using PodEip.Scenes;
using PodEip.TestKit.ControlPlane;

namespace PodEip.ClusterTests.Writers;

/// <summary>A real API server, seen by an administrator and by a controller that has the rights of <see cref="RequiredRights"/> and no others.</summary>
internal sealed class WriterCluster : IDisposable
{
    private readonly List<KubeConnection> _connections = [];

    private WriterCluster(string ns, KubeConnection admin, string controller)
    {
        Namespace = ns;
        AdminConnection = admin;
        _connections.Add(admin);
        Admin = Api(AdminConnection);
        Controller = Api(Connect(controller));
        Writer = new KubernetesClaimWriter(Controller, new PodEipNames());
        Projection = new PodProjection(new DemandSettings());
        Reader = new KubernetesClusterReader(Controller, Projection, NullLogger<KubernetesClusterReader>.Instance);
    }

    /// <summary>A namespace of this test, the controller's own as well.</summary>
    public string Namespace { get; }

    public KubeConnection AdminConnection { get; }

    public KubeApi Admin { get; }

    public KubeApi Controller { get; }

    public KubernetesClaimWriter Writer { get; }

    public KubernetesClusterReader Reader { get; }

    public PodProjection Projection { get; }

    public static async Task<WriterCluster> CreateAsync(ControlPlaneFixture planes, CancellationToken cancellation)
    {
        var plane = await planes.StartedAsync(cancellation);
        var ns = await planes.CreateNamespaceAsync("writers", cancellation);
        var admin = KubeConnection.Create(plane.KubeconfigPath, null);
        var cluster = new WriterCluster(ns, admin, await ControllerRights.GrantAsync(plane, Api(admin), ns, cancellation));
        await cluster.Admin.PatchAsync(Manifests.CrdPath(PodEipNames.CrdName), PatchKind.Apply, ClaimCrd.Manifest(), TestJson.Default.JsonObject, cancellation);
        await TestKit.Waiting.Eventually.BecomesTrueAsync(
            async token => (await cluster.Admin.GetAsync(Manifests.CrdPath(PodEipNames.CrdName), ClusterJson.Default.CrdObject, token))?.Serves("v1") is true, cancellation: cancellation);
        return cluster;
    }

    public static KubeApi Api(KubeConnection connection) => new(connection, TimeProvider.System, NullLogger.Instance);

    public string Pods(string? name = null) => ResourcePath.Core("v1", "pods", Namespace, name);

    public string Claims(string? name = null) => ResourcePath.Group(PodEipNames.Group, PodEipNames.Version, PodEipNames.Plural, Namespace, name);

    public ClaimKey Key(string name) => new(Namespace, name);

    /// <summary>Makes a Pod that no node will ever run.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="metadata">More of its metadata, as JSON members.</param>
    /// <param name="cancellation">Stops.</param>
    public Task<System.Text.Json.Nodes.JsonObject> PodAsync(string name, string metadata, CancellationToken cancellation) => Admin.ApplyAsync(
        Pods(name),
        $$"""
        { "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "{{name}}"{{(metadata.Length == 0 ? "" : ", " + metadata)}} },
          "spec": { "schedulerName": "nobody", "automountServiceAccountToken": false, "containers": [ { "name": "c", "image": "busybox" } ] } }
        """,
        cancellation);

    public void Dispose() => _connections.ForEach(connection => connection.Dispose());

    private KubeConnection Connect(string kubeconfig)
    {
        var connection = KubeConnection.Create(kubeconfig, null);
        _connections.Add(connection);
        return connection;
    }
}
