using System.Diagnostics;
using System.Text.Json.Nodes;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Api.Demands;
using PodEip.Controller.Admission;
using PodEip.Controller.Admission.Certificates;
using PodEip.Controller.Cluster;
using PodEip.Controller.Telemetry;
using PodEip.Dev.Generate;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;
using PodEip.Scenes;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;

namespace PodEip.ClusterTests.Admission;

/// <summary>
/// A real API server that asks our webhook, set up by the generated configuration. The webhook has the rights of <see cref="RequiredRights.Webhook"/>
/// only. Only one namespace is asked about: other tests use the same API server.
/// </summary>
internal sealed class WebhookCluster : IAsyncDisposable
{
    private readonly k8s.Kubernetes _admin;
    private readonly KubeConnection _connection;
    private readonly string _kubeconfig;
    private readonly ControllerMetrics _metrics = new("test");
    private WebhookWeb? _web;

    private WebhookCluster(k8s.Kubernetes admin, string kubeconfig, KubeConnection connection, string system, string space)
    {
        (_admin, _kubeconfig, _connection, System, Space) = (admin, kubeconfig, connection, system, space);
        Settings = new WebhookSettings { Listen = ListenAddress.Parse("127.0.0.1:0").Value!, Namespace = system, Demands = new DemandSettings(), Inject = true };
        Keeper = NewKeeper(Serving);
    }

    /// <summary>Namespace of the webhook's Service and Secret.</summary>
    public string System { get; }

    /// <summary>The namespace whose objects are judged.</summary>
    public string Space { get; }

    public WebhookSettings Settings { get; }

    public ServingCertificate Serving { get; } = new();

    public CertificateKeeper Keeper { get; }

    /// <summary>The keepers' clock.</summary>
    public MovedTime Time { get; } = new();

    public static async Task<WebhookCluster> OpenAsync(ControlPlaneFixture planes, CancellationToken cancellation)
    {
        var plane = await planes.StartedAsync(cancellation);
        var (system, space) = (await planes.CreateNamespaceAsync("webhook", cancellation), await planes.CreateNamespaceAsync("judged", cancellation));
        var user = $"webhook-{system}";
        using var connection = KubeConnection.Create(plane.KubeconfigPath, null);
        var admin = new KubeApi(connection, TimeProvider.System, NullLogger.Instance);
        const string Rbac = "rbac.authorization.k8s.io";
        await admin.ApplyAsync(ResourcePath.Group(Rbac, "v1", "clusterroles", name: user), Manifests.Role("ClusterRole", user, RequiredRights.Webhook.Where(r => !r.OwnNamespace)), cancellation);
        await admin.ApplyAsync(ResourcePath.Group(Rbac, "v1", "clusterrolebindings", name: user), Manifests.Binding("ClusterRoleBinding", user, "ClusterRole", user, user), cancellation);
        await admin.ApplyAsync(ResourcePath.Group(Rbac, "v1", "roles", system, user), Manifests.Role("Role", user, RequiredRights.Webhook.Where(r => r.OwnNamespace)), cancellation);
        await admin.ApplyAsync(ResourcePath.Group(Rbac, "v1", "rolebindings", system, user), Manifests.Binding("RoleBinding", user, "Role", user, user), cancellation);
        var cluster = new WebhookCluster(await planes.AdminAsync(cancellation), plane.KubeconfigPath, KubeConnection.Create(plane.MintKubeconfig(user), null), system, space);
        await cluster.StartAsync(cancellation);
        await cluster.ConfigureAsync(admin, cancellation);
        // Rights reach the authorizer by a watch of its own.
        await Eventually.PassesAsync(cluster.Keeper.LookAsync, cancellation: cancellation);
        return cluster;
    }

    /// <summary>Another replica's keeper.</summary>
    public CertificateKeeper NewKeeper(ServingCertificate serving) => new(
        Settings, new KubeApi(_connection, TimeProvider.System, NullLogger.Instance), serving, _metrics.Webhook, Time, NullLogger.Instance);

    public async Task StopAsync()
    {
        if (_web is { } web)
        {
            _web = null;
            await web.DisposeAsync();
        }
    }

    /// <summary>What <c>kubectl apply -f -</c> says, and whether it did it.</summary>
    public async Task<(bool Done, string Words)> ApplyAsync(string yaml, CancellationToken cancellation, params string[] more)
    {
        using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["--kubeconfig", _kubeconfig, "-n", Space, "apply", "-f", "-", .. more])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await kubectl.StandardInput.WriteAsync(yaml.AsMemory(), cancellation);
        kubectl.StandardInput.Close();
        var words = await Task.WhenAll(kubectl.StandardOutput.ReadToEndAsync(cancellation), kubectl.StandardError.ReadToEndAsync(cancellation));
        await kubectl.WaitForExitAsync(cancellation);
        return (kubectl.ExitCode == 0, string.Concat(words));
    }

    /// <summary>What a failing webhook does to objects.</summary>
    public Task SetFailurePolicyAsync(string policy, CancellationToken cancellation) => _admin.AdmissionregistrationV1.PatchValidatingWebhookConfigurationAsync(
        new V1Patch($$"""[{"op":"replace","path":"/webhooks/0/failurePolicy","value":"{{policy}}"}]""", V1Patch.PatchType.JsonPatch), Settings.Configuration, cancellationToken: cancellation);

    /// <summary>As before the first start.</summary>
    public Task ForgetCertificatesAsync(CancellationToken cancellation) => _admin.CoreV1.DeleteNamespacedSecretAsync(Settings.Secret, System, cancellationToken: cancellation);

    /// <summary>Somebody edits the Secret.</summary>
    public Task BreakCertificatesAsync(CancellationToken cancellation) => _admin.CoreV1.PatchNamespacedSecretAsync(
        new V1Patch("""{"data":{"ca.crt":"bm90aGluZw==","tls.crt":"bm90aGluZw=="}}""", V1Patch.PatchType.MergePatch), Settings.Secret, System, cancellationToken: cancellation);

    /// <summary>How many authorities the API server trusts; the same in every webhook.</summary>
    public async Task<int> TrustedAsync(CancellationToken cancellation)
    {
        var validating = await _admin.AdmissionregistrationV1.ReadValidatingWebhookConfigurationAsync(Settings.Configuration, cancellationToken: cancellation);
        var mutating = await _admin.AdmissionregistrationV1.ReadMutatingWebhookConfigurationAsync(Settings.Configuration, cancellationToken: cancellation);
        var bundle = validating.Webhooks.Select(w => w.ClientConfig).Concat(mutating.Webhooks.Select(w => w.ClientConfig)).Select(c => global::System.Text.Encoding.UTF8.GetString(c.CaBundle)).Distinct().Single();
        return CertificateState.Split(bundle).Count;
    }

    public async ValueTask DisposeAsync()
    {
        await _admin.AdmissionregistrationV1.DeleteValidatingWebhookConfigurationAsync(Settings.Configuration);
        await _admin.AdmissionregistrationV1.DeleteMutatingWebhookConfigurationAsync(Settings.Configuration);
        await StopAsync();
        _connection.Dispose();
        _metrics.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellation) => _web = await WebhookWeb.StartAsync(
        Settings.Listen, Serving, new AdmissionEndpoint(new AdmissionJudge(Settings), _metrics.Webhook, TimeProvider.System, NullLogger.Instance), NullLoggerFactory.Instance, cancellation);

    /// <summary>The generated manifests, with our namespaces. The Service leads to this machine: the API server follows an external name.</summary>
    private async Task ConfigureAsync(KubeApi admin, CancellationToken cancellation)
    {
        await _admin.CoreV1.CreateNamespacedServiceAsync(
            new V1Service { Metadata = new() { Name = Settings.Service }, Spec = new() { Type = "ExternalName", ExternalName = "localhost" } }, System, cancellationToken: cancellation);
        foreach (var configuration in WebhookManifest.All(withConditions: false).Skip(1))
        {
            foreach (var webhook in configuration["webhooks"]!.AsArray())
            {
                var service = webhook!["clientConfig"]!["service"]!;
                (service["namespace"], service["port"]) = (System, _web!.Port);
                webhook["namespaceSelector"]!["matchExpressions"]!.AsArray().Add((JsonNode)new JsonObject
                {
                    ["key"] = "test-space", ["operator"] = "In", ["values"] = new JsonArray(Space),
                });
            }

            var kind = (string)configuration["kind"]! == "ValidatingWebhookConfiguration" ? TrustKeeper.Kinds[0] : TrustKeeper.Kinds[1];
            await admin.ApplyAsync(ResourcePath.Group("admissionregistration.k8s.io", "v1", kind, name: Settings.Configuration), configuration.ToJsonString(), cancellation);
        }

        await admin.ApplyAsync(ResourcePath.Core("v1", "namespaces", name: Space), $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{Space}}","labels":{"test-space":"{{Space}}"} } }""", cancellation);
    }
}

/// <summary>The real clock, moved.</summary>
internal sealed class MovedTime : TimeProvider
{
    public TimeSpan By { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
}
