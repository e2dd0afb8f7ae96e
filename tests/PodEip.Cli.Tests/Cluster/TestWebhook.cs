using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using PodEip.Api;
using PodEip.Cli.Planning;
using PodEip.Dev;
using PodEip.Kubernetes.Api;

namespace PodEip.Cli.Tests.Cluster;

/// <summary>What <c>deploy/webhook/webhook.yaml</c> makes, but for no namespace at all, so that other tests' Pods are left alone. Nobody answers at first.</summary>
internal sealed class TestWebhook : IAsyncDisposable
{
    private static readonly string[] Kinds = ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"];

    private readonly TestNamespace _space;
    private readonly IReadOnlyList<JsonObject> _manifest;

    private TestWebhook(TestNamespace space, IReadOnlyList<JsonObject> manifest) => (_space, _manifest) = (space, manifest);

    /// <summary>Installs it.</summary>
    public static async Task<TestWebhook> InstallAsync(TestNamespace space, CancellationToken cancellation)
    {
        using var text = File.OpenText(Path.Combine(Checkout.Root, "deploy", "webhook", "webhook.yaml"));
        var webhook = new TestWebhook(space, YamlDocuments.Read(text));
        await space.ApplyAsync(ResourcePath.Core("v1", "namespaces", name: WebhookNames.Namespace), $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{WebhookNames.Namespace}}"} }""", cancellation);
        var service = webhook._manifest.Single(o => (string)o["kind"]! is "Service");
        // Without a selector, so that nobody but the test says who answers.
        service["spec"]!.AsObject().Remove("selector");
        await space.ApplyAsync(ResourcePath.Core("v1", "services", WebhookNames.Namespace, WebhookNames.Service), service.ToJsonString(), cancellation);
        await webhook.ChangeAsync(withBundle: false, "Ignore", cancellation);
        return webhook;
    }

    /// <summary>Applies the configurations anew.</summary>
    public async Task ChangeAsync(bool withBundle, string failurePolicy, CancellationToken cancellation)
    {
        foreach (var kind in Kinds)
        {
            var configuration = _manifest.Single(o => string.Equals((string)o["kind"]! + "s", kind, StringComparison.OrdinalIgnoreCase)).DeepClone();
            foreach (var hook in configuration["webhooks"]!.AsArray())
            {
                hook!["namespaceSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["podeip.io/none"] = "none" } };
                hook["failurePolicy"] = failurePolicy;
                if (withBundle)
                {
                    hook["clientConfig"]!["caBundle"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Certificate()));
                }
            }

            await _space.ApplyAsync(ResourcePath.Group("admissionregistration.k8s.io", "v1", kind, name: WebhookNames.Configuration), configuration.ToJsonString(), cancellation);
        }
    }

    /// <summary>A replica is ready.</summary>
    public Task AnswerAsync(CancellationToken cancellation) => _space.ApplyAsync(
        ResourcePath.Core("v1", "endpoints", WebhookNames.Namespace, WebhookNames.Service),
        $$"""{"apiVersion":"v1","kind":"Endpoints","metadata":{"name":"{{WebhookNames.Service}}"},"subsets":[{"addresses":[{"ip":"10.0.0.9"}],"ports":[{"name":"webhook","port":{{WebhookNames.Port}}}]}]}""",
        cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var kind in Kinds)
        {
            await _space.Sight.Api.DeleteAsync(ResourcePath.Group("admissionregistration.k8s.io", "v1", kind, name: WebhookNames.Configuration), preconditions: null, propagation: null, CancellationToken.None);
        }

        await _space.Sight.Api.DeleteAsync(ResourcePath.Core("v1", "services", WebhookNames.Namespace, WebhookNames.Service), preconditions: null, propagation: null, CancellationToken.None);
    }

    private static string Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return certificate.ExportCertificatePem();
    }
}
