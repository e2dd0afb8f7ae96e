using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Tests.Fakes;
using Xunit;

namespace PodEip.Kubernetes.Tests.Api;

/// <summary>Whom a connection believes to be the API server, and what it shows of itself.</summary>
public sealed class ServerTrustTests : IDisposable
{
    private const string Loopback = "127.0.0.1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("podeip-trust-");
    private readonly Authority _root = Authority.Root("root");

    public void Dispose()
    {
        _root.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Who_the_given_CA_signed_is_the_server_and_nobody_else()
    {
        using var namesake = Authority.Root("root");
        Assert.Null(await RefusalAsync(_root.Issue("server", Loopback), $"certificate-authority-data: {_root.Data}"));
        Assert.NotNull(await RefusalAsync(namesake.Issue("server", Loopback), $"certificate-authority-data: {_root.Data}"));
        Assert.NotNull(await RefusalAsync(_root.Issue("server", Loopback, days: -1), $"certificate-authority-data: {_root.Data}"));
    }

    [Fact]
    public async Task The_name_has_to_match_the_host_or_the_one_that_the_kubeconfig_names()
    {
        var ca = $"certificate-authority-data: {_root.Data}";
        Assert.NotNull(await RefusalAsync(_root.Issue("server", "api.example"), ca));
        Assert.NotNull(await RefusalAsync(_root.Issue("server", host: null), ca));
        Assert.Null(await RefusalAsync(_root.Issue("server", "api.example"), ca + ", tls-server-name: api.example"));
        Assert.NotNull(await RefusalAsync(_root.Issue("server", "api.example"), ca + ", tls-server-name: other.example"));
        Assert.NotNull(await RefusalAsync(_root.Issue("server", Loopback), ca + ", tls-server-name: other.example"));
    }

    [Fact]
    public async Task An_authority_between_is_sent_by_the_server_or_is_the_CA_itself()
    {
        using var between = _root.Under("between");
        using var namesake = _root.Under("between");
        var leaf = between.Issue("server", Loopback);
        var (top, middle) = ($"certificate-authority-data: {_root.Data}", $"certificate-authority-data: {between.Data}");
        Assert.Null(await RefusalAsync(leaf, top, between.Certificate));
        Assert.NotNull(await RefusalAsync(leaf, top));
        Assert.Null(await RefusalAsync(leaf, middle));
        Assert.Null(await RefusalAsync(leaf, middle, between.Certificate));
        Assert.NotNull(await RefusalAsync(namesake.Issue("server", Loopback), middle));
        Assert.NotNull(await RefusalAsync(between.Issue("server", Loopback, days: -1), middle));
        Assert.NotNull(await RefusalAsync(between.Issue("server", "api.example"), middle));
    }

    [Fact]
    public async Task A_servers_own_certificate_may_be_the_CA()
    {
        var leaf = _root.Issue("server", Loopback);
        var other = _root.Issue("server", Loopback);
        Assert.Null(await RefusalAsync(leaf, $"certificate-authority-data: {Data(leaf)}"));
        Assert.NotNull(await RefusalAsync(other, $"certificate-authority-data: {Data(leaf)}"));
    }

    [Fact]
    public async Task Of_several_CAs_each_counts()
    {
        using var other = Authority.Root("other");
        var both = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(other.Certificate.ExportCertificatePem() + "\n" + _root.Certificate.ExportCertificatePem()));
        Assert.Null(await RefusalAsync(_root.Issue("server", Loopback), $"certificate-authority-data: {both}"));
        Assert.Null(await RefusalAsync(other.Issue("server", Loopback), $"certificate-authority-data: {both}"));
    }

    [Fact]
    public async Task Without_a_CA_the_systems_certificates_decide_and_only_who_asks_for_it_trusts_anybody()
    {
        Assert.NotNull(await RefusalAsync(_root.Issue("server", Loopback), ""));
        Assert.Null(await RefusalAsync(_root.Issue("server", "api.example", days: -1), "insecure-skip-tls-verify: true"));
    }

    [Fact]
    public async Task Our_certificate_is_shown_and_guests_show_none_of_ours_and_are_as_careful()
    {
        var user = _root.Issue("operator", host: null);
        await using var server = await ServerAsync(_root.Issue("server", Loopback), https =>
        {
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
        });
        var file = Kubeconfig(server.Uri, $"certificate-authority-data: {_root.Data}", $"client-certificate-data: {Data(user)}, client-key-data: {Base64(user.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem())}");
        using var ours = KubeConnection.Create(file, context: null);
        using var guests = GuestConnections.Create(file, context: null);
        using var theirs = guests.Of("token");
        Assert.Equal("CN=operator", await ours.HttpClient.GetStringAsync(ours.BaseUri, Ct));
        Assert.Equal("nobody", await theirs.HttpClient.GetStringAsync(theirs.BaseUri, Ct));

        await using var elsewhere = await ServerAsync(_root.Issue("server", "api.example"), _ => { });
        using var lost = GuestConnections.Create(Kubeconfig(elsewhere.Uri, $"certificate-authority-data: {_root.Data}", "token: t"), context: null);
        using var guest = lost.Of("token");
        await Assert.ThrowsAsync<HttpRequestException>(() => guest.HttpClient.GetStringAsync(guest.BaseUri, Ct));
        using var found = GuestConnections.Create(Kubeconfig(elsewhere.Uri, $"certificate-authority-data: {_root.Data}, tls-server-name: api.example", "token: t"), context: null);
        using var welcome = found.Of("token");
        Assert.Equal("nobody", await welcome.HttpClient.GetStringAsync(welcome.BaseUri, Ct));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<FakeApiServer> ServerAsync(X509Certificate2 certificate, Action<HttpsConnectionAdapterOptions> more) => FakeApiServer.StartAsync(
        async context => await context.Response.WriteAsync((await context.Connection.GetClientCertificateAsync())?.Subject ?? "nobody"),
        https =>
        {
            https.ServerCertificate = certificate;
            more(https);
        });

    /// <summary>What a connection says to a server of this certificate; null when it is let in, twice.</summary>
    private async Task<string?> RefusalAsync(X509Certificate2 certificate, string cluster, params X509Certificate2[] sent)
    {
        await using var server = await FakeApiServer.StartAsync(context => context.JsonAsync(Answers.Object("a", "1")), https =>
        {
            https.ServerCertificate = certificate;
            https.ServerCertificateChain = [.. sent];
        });
        for (var i = 0; i < 2; i++)
        {
            using var connection = KubeConnection.Create(Kubeconfig(server.Uri, cluster, "token: t"), context: null);
            try
            {
                await new KubeApi(connection, TimeProvider.System, NullLogger.Instance).GetAsync(ResourcePath.Core("v1", "things", "ns", "a"), ThingJson.Default.Thing, Ct);
            }
            catch (KubeApiException e)
            {
                Assert.Equal(KubeApiException.Unreachable, e.Reason);
                Assert.Empty(server.Requests);
                return e.Message;
            }
        }

        return null;
    }

    private static string Data(X509Certificate2 certificate) => Base64(certificate.ExportCertificatePem());

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(text));

    private static string Flow(params string[] entries) => "{" + string.Join(", ", entries.Where(entry => entry.Length > 0)) + "}";

    private string Kubeconfig(Uri server, string cluster, string user)
    {
        var path = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, $"""
            apiVersion: v1
            kind: Config
            current-context: c
            clusters:
            - name: c
              cluster: {Flow($"server: '{server}'", cluster)}
            users:
            - name: u
              user: {Flow(user)}
            contexts:
            - name: c
              context: {Flow("cluster: c", "user: u")}
            """);
        return path;
    }
}
