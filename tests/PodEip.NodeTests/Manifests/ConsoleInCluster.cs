using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using PodEip.Dev.Processes;
using PodEip.NodeTests.Packets;
using PodEip.TestKit.Processes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.NodeTests.Manifests;

/// <summary>The console of an installation, looked at as its page says: through <c>kubectl port-forward</c>, with a service account's token.</summary>
internal sealed class ConsoleInCluster : IAsyncDisposable
{
    private readonly RealCluster _cluster;
    private readonly string _scope;
    private readonly ProcessUnderTest _forward;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private ConsoleInCluster(RealCluster cluster, string scope)
    {
        (_cluster, _scope) = (cluster, scope);
        _forward = ProcessUnderTest.StartProgram(
            "kubectl port-forward", new ProgramStart("kubectl", ["--kubeconfig", cluster.Plane.KubeconfigPath, "port-forward", "-n", Installation.Scope, "deployment/podeip-controller", ":8080"]));
    }

    /// <summary>Shows a bound Pod to whom it may concern, and nothing to others.</summary>
    public static async Task ShowsAsync(RealCluster cluster, PacketPod bound, CancellationToken cancellation)
    {
        await using var console = new ConsoleInCluster(cluster, bound.Scope);
        await console.LookAsync(bound, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _forward.DisposeAsync();
    }

    private async Task LookAsync(PacketPod bound, CancellationToken cancellation)
    {
        const string Start = "Forwarding from 127.0.0.1:";
        var line = await _forward.LineAsync(line => line.StartsWith(Start, StringComparison.Ordinal), "where it forwards from", cancellation: cancellation);
        _http.BaseAddress = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", int.Parse(line[Start.Length..].Split(' ')[0], CultureInfo.InvariantCulture)).Uri;
        foreach (var account in (string[])["viewer", "stranger"])
            await _cluster.Kubectl.RunAsync(["create", "serviceaccount", account, "-n", _scope], cancellation: cancellation);
        await _cluster.Kubectl.RunAsync(["create", "rolebinding", "viewer", "-n", _scope, "--clusterrole=podeip-viewer", $"--serviceaccount={_scope}:viewer"], cancellation: cancellation);
        var (viewer, stranger) = (await TokenAsync("viewer", cancellation), await TokenAsync("stranger", cancellation));

        var page = await GetAsync("", token: null, cancellation);
        Assert.Equal(HttpStatusCode.OK, page.Code);
        Assert.Contains("<html", page.Body, StringComparison.Ordinal);
        var here = $"api/overview?namespace={_scope}";
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(here, token: null, cancellation)).Code);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(here, "not-of-this-cluster", cancellation)).Code);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(here, stranger, cancellation)).Code);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("api/overview", viewer, cancellation)).Code);
        // Rights reach the API server's authorizer by a watch, and a refusal is remembered for half a minute.
        var seen = await Eventually.BecomesAsync(token => GetAsync(here, viewer, token), answer => answer.Code == HttpStatusCode.OK, TimeSpan.FromMinutes(2), "the viewer to be let in", cancellation);
        var claim = Assert.Single(JsonNode.Parse(seen.Body)!["claims"]!.AsArray(), claim => (string?)claim!["name"] == bound.Name)!;
        Assert.Equal((bound.Scope, bound.Eip, bound.Ip), ((string?)claim["namespace"], (string?)claim["publicIp"], (string?)claim["privateIp"]));
    }

    /// <summary>By the API itself: kubectl has a command for it from 1.24 on only.</summary>
    private async Task<string> TokenAsync(string account, CancellationToken cancellation) => (string)JsonNode.Parse(await _cluster.Kubectl.RunAsync(
        ["create", "--raw", $"/api/v1/namespaces/{_scope}/serviceaccounts/{account}/token", "-f", "-"], """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{}}""", cancellation))!["status"]!["token"]!;

    private async Task<(HttpStatusCode Code, string Body)> GetAsync(string path, string? token, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/console/" + path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request, cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
    }
}
