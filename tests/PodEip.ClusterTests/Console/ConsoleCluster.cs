using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.ClusterTests.Writers;
using PodEip.Controller.Cluster;
using PodEip.Controller.Console;
using PodEip.Controller.Hosting;
using PodEip.Controller.Telemetry;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;
using PodEip.Scenes;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;

namespace PodEip.ClusterTests.Console;

/// <summary>A real API server, and the console of a replica that has the controller's rights and <see cref="RequiredRights.Console"/>, and no others.</summary>
internal sealed class ConsoleCluster : IAsyncDisposable
{
    private const string Rbac = "rbac.authorization.k8s.io";

    private readonly WriterCluster _writers;
    private readonly ControllerMetrics _metrics = new("test");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly ConsoleHost _console;
    private readonly StatusWeb _web;

    private ConsoleCluster(WriterCluster writers, ConsoleHost console, ControllerMetrics metrics, StatusWeb web) => (_writers, _console, _metrics, _web) = (writers, console, metrics, web);

    /// <summary>A namespace with one claim, <c>web-0</c>.</summary>
    public string Space => _writers.Namespace;

    public static async Task<ConsoleCluster> OpenAsync(ControlPlaneFixture planes, CancellationToken cancellation)
    {
        var plane = await planes.StartedAsync(cancellation);
        var writers = await WriterCluster.CreateAsync(planes, cancellation);
        await writers.Admin.ApplyAsync(
            writers.Claims("web-0"), """{"apiVersion":"podeip.io/v1","kind":"EIPClaim","metadata":{"name":"web-0"},"spec":{} }""", cancellation);
        var options = new ControllerOptions
        {
            Kubeconfig = plane.KubeconfigPath, ClusterId = "cls-console", Region = "ap-guangzhou", Namespace = writers.Namespace, LeaderElectNamespace = writers.Namespace,
            Listen = new ListenAddress(IPAddress.Loopback, 0),
        };
        var (readiness, metrics) = (new Readiness(), new ControllerMetrics("test"));
        readiness.Set("lease", isReady: true, "standing by");
        var console = ConsoleHost.Create(options, writers.Controller, readiness, metrics.Claims, TimeProvider.System, NullLoggerFactory.Instance);
        var web = await StatusWeb.StartAsync(options.Listen, ControllerMetrics.MeterName, new LoopWatch(TimeProvider.System), readiness, NullLoggerFactory.Instance, cancellation, console.Route);
        return new ConsoleCluster(writers, console, metrics, web);
    }

    /// <summary>The replica may ask who people are from now on.</summary>
    public async Task GrantAsync(CancellationToken cancellation)
    {
        var name = $"console-{Space}";
        await _writers.Admin.ApplyAsync(ResourcePath.Group(Rbac, "v1", "clusterroles", name: name), Manifests.Role("ClusterRole", name, RequiredRights.Console), cancellation);
        await _writers.Admin.ApplyAsync(
            ResourcePath.Group(Rbac, "v1", "clusterrolebindings", name: name), Manifests.Binding("ClusterRoleBinding", name, "ClusterRole", name, ControllerRights.UserOf(Space)), cancellation);
        await Eventually.BecomesAsync(token => GetAsync("api/overview", "nonsense", token), answer => answer.Code == HttpStatusCode.Unauthorized, description: "the right to reach the authorizer", cancellation: cancellation);
    }

    /// <summary>A token of a new service account, as <c>kubectl create token</c> makes it.</summary>
    public async Task<string> AccountAsync(string name, CancellationToken cancellation)
    {
        await _writers.Admin.ApplyAsync(ResourcePath.Core("v1", "serviceaccounts", Space, name), $$"""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"{{name}}"} }""", cancellation);
        var request = JsonNode.Parse("""{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":3600} }""")!.AsObject();
        var answer = await _writers.Admin.CreateAsync(ResourcePath.Core("v1", "serviceaccounts", Space, name, "token"), request, TestJson.Default.JsonObject, cancellation);
        return (string)answer["status"]!["token"]!;
    }

    /// <summary>Lets an account do this, in the namespace or everywhere.</summary>
    public async Task AllowAsync(string account, bool everywhere, CancellationToken cancellation, params RequiredRight[] rights)
    {
        var (role, name) = (everywhere ? "ClusterRole" : "Role", $"{account}-{Space}");
        var ns = everywhere ? null : Space;
        await _writers.Admin.ApplyAsync(ResourcePath.Group(Rbac, "v1", role.ToLowerInvariant() + "s", ns, name), Manifests.Role(role, name, rights), cancellation);
        await _writers.Admin.ApplyAsync(
            ResourcePath.Group(Rbac, "v1", role.ToLowerInvariant() + "bindings", ns, name), Manifests.Binding(role + "Binding", name, role, name, $"system:serviceaccount:{Space}:{account}"), cancellation);
    }

    /// <summary>Asks the console.</summary>
    public async Task<(HttpStatusCode Code, JsonNode? Body)> GetAsync(string path, string? token, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_web.Address, $"/console/{path}"));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request, cancellation);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation)));
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _console.Dispose();
        _http.Dispose();
        _metrics.Dispose();
        _writers.Dispose();
    }
}
