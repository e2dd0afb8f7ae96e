using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Dev.ControlPlane;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;
using PodEip.Kubernetes.Tests.Fakes;
using PodEip.TestKit.ControlPlane;

namespace PodEip.Kubernetes.Tests.RealServer;

/// <summary>A namespace of the shared API server, and our own client of it.</summary>
internal sealed class Server : IDisposable
{
    private readonly KubeConnection _direct;
    private readonly KubeConnection _meddled;

    private Server(KubeConnection direct, string space)
    {
        _direct = direct;
        Space = space;
        Direct = direct.HttpClient;
        Meddler = new Meddler(Direct);
        _meddled = new KubeConnection(new HttpClient(Meddler), direct.BaseUri);
        Api = new KubeApi(direct, TimeProvider.System, NullLogger.Instance);
    }

    public string Space { get; }

    public Meddler Meddler { get; }

    /// <summary>The plain client, for looking at raw answers.</summary>
    public HttpClient Direct { get; }

    public Uri Root => _direct.BaseUri;

    /// <summary>Straight to the server.</summary>
    public KubeApi Api { get; }

    /// <summary>The collection of config maps, which stand for objects of any kind.</summary>
    public string Maps => ResourcePath.Core("v1", "configmaps", Space);

    public static async Task<Server> StartAsync(ControlPlaneFixture cluster, CancellationToken ct)
    {
        var plane = await cluster.StartedAsync(ct);
        return Of(plane, await cluster.CreateNamespaceAsync("kube", ct));
    }

    /// <summary>A namespace of a control plane of one's own.</summary>
    public static Server Of(LocalControlPlane plane, string space) => new(KubeConnection.Create(plane.KubeconfigPath, context: null), space);

    /// <summary>A client through <see cref="Meddler"/>.</summary>
    public KubeApi MeddledApi(TimeProvider? time = null, KubeApiOptions? options = null) => new(_meddled, time ?? TimeProvider.System, NullLogger.Instance, options);

    public string Map(string name) => ResourcePath.Core("v1", "configmaps", Space, name);

    public Task<Thing> CreateAsync(string name, string color, CancellationToken ct) => Api.CreateAsync(
        Maps,
        new Thing { ApiVersion = "v1", Kind = "ConfigMap", Metadata = new ObjectMeta { Name = name, Labels = new Dictionary<string, string> { ["color"] = color } } },
        ThingJson.Default.Thing,
        ct);

    public void Dispose()
    {
        _meddled.Dispose();
        _direct.Dispose();
    }
}
