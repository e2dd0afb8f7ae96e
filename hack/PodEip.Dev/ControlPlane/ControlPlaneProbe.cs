using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PodEip.Dev.ControlPlane;

/// <summary>Asks the parts of a control plane over HTTPS how they are, as an administrator.</summary>
internal sealed class ControlPlaneProbe : IDisposable
{
    // With dryRun=All this is judged by admission like any Pod, and nothing is stored.
    private const string Pod = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"probe"},"spec":{"containers":[{"name":"probe","image":"probe"}]}}""";

    private readonly ControlPlanePorts _ports;
    private readonly Uri _apiServer;
    private readonly HttpClient _cluster;
    private readonly HttpClient _etcd;

    public ControlPlaneProbe(ControlPlaneFiles files, ControlPlanePorts ports, Uri apiServer, string caPem, Credential admin)
    {
        (_ports, _apiServer) = (ports, apiServer);
        _cluster = Client(caPem, admin);
        _etcd = EtcdClient(files);
    }

    /// <summary>Null if the part says that it is well, else what is wrong.</summary>
    public Task<string?> TroubleOfAsync(ControlPlanePart part, CancellationToken cancellation)
    {
        var local = new UriBuilder(Uri.UriSchemeHttps, "127.0.0.1", CommandLines.PortOf(part, _ports));
        return part switch
        {
            ControlPlanePart.Etcd => GetAsync(_etcd, new Uri(local.Uri, "/health"), cancellation),
            ControlPlanePart.ApiServer => GetAsync(_cluster, new Uri(_apiServer, "/readyz"), cancellation),
            _ => GetAsync(_cluster, new Uri(local.Uri, "/healthz"), cancellation),
        };
    }

    /// <summary>
    /// Null once a Pod would be admitted in the namespace, else what is missing: a namespace is of use only when the controller manager
    /// has made its default service account, and up to 1.20 that account's token as well.
    /// </summary>
    public async Task<string?> TroubleOfNamespaceAsync(string name, CancellationToken cancellation)
    {
        using var body = new StringContent(Pod, Encoding.UTF8, "application/json");
        return await SendAsync(_cluster, new(HttpMethod.Post, new Uri(_apiServer, $"/api/v1/namespaces/{name}/pods?dryRun=All")) { Content = body }, cancellation);
    }

    public void Dispose()
    {
        _cluster.Dispose();
        _etcd.Dispose();
    }

    private static Task<string?> GetAsync(HttpClient client, Uri uri, CancellationToken cancellation) =>
        SendAsync(client, new(HttpMethod.Get, uri), cancellation);

    private static async Task<string?> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            try
            {
                using var response = await client.SendAsync(request, cancellation);
                var text = await response.Content.ReadAsStringAsync(cancellation);
                return response.IsSuccessStatusCode ? null : $"HTTP {(int)response.StatusCode}: {text.ReplaceLineEndings(" ")}";
            }
            catch (HttpRequestException e)
            {
                return e.InnerException?.Message ?? e.Message;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // The client's own time limit; the caller asks again.
                return "no answer in time";
            }
        }
    }

    /// <summary>A client that etcd lets in, as it does the API server.</summary>
    public static HttpClient EtcdClient(ControlPlaneFiles files) => Client(
        File.ReadAllText(files.Certificate("etcd-ca")),
        new(File.ReadAllText(files.Certificate("etcd-client")), File.ReadAllText(files.Key("etcd-client"))));

    private static HttpClient Client(string caPem, Credential credential)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.None };
        handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPem(credential.CertificatePem, credential.KeyPem)];
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509Certificate2.CreateFromPem(caPem) },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        return new(handler) { Timeout = TimeSpan.FromSeconds(10) };
    }
}
