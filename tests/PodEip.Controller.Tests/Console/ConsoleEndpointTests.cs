using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Api.Demands;
using PodEip.Controller.Console;
using PodEip.Controller.Hosting;
using PodEip.Controller.Telemetry;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;
using Xunit;

namespace PodEip.Controller.Tests.Console;

[Collection("meters")]
public sealed partial class ConsoleEndpointTests : IAsyncLifetime
{
    private readonly PretendApiServer _ours = new() { Users = { ["admins"] = "admin" }, Allowed = { ("admin", "") } };
    private readonly PretendApiServer _theirs = new();
    private readonly Readiness _readiness = new();
    private readonly ControllerMetrics _metrics = new("api:6443");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly List<IDisposable> _held = [];
    private StatusWeb _web = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var options = new ControllerOptions { ClusterId = "cls-a", Region = "ap-guangzhou", Namespace = "podeip-system", LeaderElectNamespace = "podeip-system", Listen = new ListenAddress(IPAddress.Loopback, 0) };
        var (connection, guests, time) = (new KubeConnection(new HttpClient(_ours), new Uri("http://api/")), new GuestConnections(_theirs, new Uri("http://api/")), TimeProvider.System);
        _held.AddRange([connection, guests]);
        var api = new KubeApi(connection, time, NullLogger.Instance);
        var overview = new OverviewReader(new ConsoleReplica(options, api, _readiness, _metrics.Claims));
        var endpoint = new ConsoleEndpoint(new ConsoleAccess(api, time, NullLogger.Instance), guests, overview, new DemandSettings(), time, NullLogger.Instance);
        _held.Add(endpoint);
        _web = await StatusWeb.StartAsync(options.Listen, ControllerMetrics.MeterName, new LoopWatch(time), _readiness, NullLoggerFactory.Instance, Ct, new WebRoute(ConsoleEndpoint.Root, endpoint.AnswerAsync));
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _http.Dispose();
        _metrics.Dispose();
        _held.ForEach(held => held.Dispose());
    }

    private async Task<(HttpStatusCode Code, string Text, HttpResponseHeaders Headers)> SendAsync(string path, string? login = "Bearer admins", HttpMethod? method = null, string? tag = null)
    {
        // As it is: Uri would tidy paths up.
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri($"{_web.Address.GetLeftPart(UriPartial.Authority)}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (login is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", login);
        }

        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        using var answer = await _http.SendAsync(request, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct), answer.Headers);
    }

    [Theory]
    [InlineData("/console/", 200)]
    [InlineData("/console/console.js", 200)]
    [InlineData("/console/console.css", 200)]
    [InlineData("/console/icon.svg", 200)]
    [InlineData("/console", 308)]
    [InlineData("/console/nothing", 404)]
    [InlineData("/console/../healthz", 200)]
    [InlineData("/console/..%2f..%2fetc/passwd", 404)]
    [InlineData("/console//console.js", 404)]
    [InlineData("/console/api/", 404)]
    [InlineData("/consoles", 404)]
    [InlineData("/console/api/overview", 200)]
    [InlineData("/console/api/overview?namespace=..%2f..%2fsecrets", 400)]
    [InlineData("/console/api/overview?namespace=Shop", 400)]
    [InlineData("/console/api/overview?namespace=a&namespace=b", 400)]
    [InlineData("/console/api/why?name=web-0", 400)]
    [InlineData("/console/api/why?namespace=shop", 400)]
    [InlineData("/console/api/why?namespace=shop&name=..", 400)]
    [InlineData("/console/api/why?namespace=shop&name=%3Cscript%3E", 400)]
    [InlineData("/console/api/why?namespace=shop&name=web-0%00", 400)]
    [InlineData("/console/api/why?namespace=shop&name=web-0", 200)]
    public async Task Paths_and_questions_are_held_to_their_form(string path, int code) => Assert.Equal(code, (int)(await SendAsync(path)).Code);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic admins")]
    [InlineData("admins")]
    [InlineData("Bearer strangers")]
    public async Task Data_is_for_bearers_of_a_known_token(string? login)
    {
        var (code, text, headers) = await SendAsync("/console/api/overview", login);
        Assert.Equal(HttpStatusCode.Unauthorized, code);
        Assert.Equal("Bearer", headers.WwwAuthenticate.ToString());
        Assert.StartsWith("{\"error\":", text, StringComparison.Ordinal);
        Assert.Empty(_theirs.Calls);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("/console/", login)).Code);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Nothing_can_be_changed(string method) => Assert.Equal(HttpStatusCode.MethodNotAllowed, (await SendAsync("/console/api/overview", method: new HttpMethod(method))).Code);

    [Theory]
    [InlineData("/console/")]
    [InlineData("/console/console.js")]
    [InlineData("/console/api/overview")]
    [InlineData("/console/nothing")]
    public async Task Every_answer_ties_the_browser_down(string path)
    {
        var headers = (await SendAsync(path)).Headers;
        string One(string name) => Assert.Single(headers.GetValues(name));
        Assert.StartsWith("default-src 'self'; ", One("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", One("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal(("nosniff", "DENY", "no-referrer", "no-store"), (One("X-Content-Type-Options"), One("X-Frame-Options"), One("Referrer-Policy"), One("Cache-Control")));
        Assert.False(headers.Contains("Set-Cookie"));
        Assert.False(headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task The_cluster_is_read_with_the_viewers_token_and_only_who_they_are_with_ours()
    {
        await SendAsync("/console/api/overview");
        Assert.Equal(["/api/v1/nodes", "/apis/podeip.io/v1/eipclaims"], _theirs.Calls.Select(c => c.Path).Order(StringComparer.Ordinal));
        Assert.All(_theirs.Calls, call => Assert.Equal("admins", call.Login));
        Assert.All(_ours.Calls, call => Assert.Null(call.Login));
        Assert.DoesNotContain(_ours.Calls, call => call.Path.Contains("eipclaims", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        var (_, text, headers) = await SendAsync("/console/api/overview");
        var tag = headers.ETag!.Tag;
        Assert.Equal((HttpStatusCode.NotModified, ""), await OfAsync(tag));
        _theirs.Claims = """{"metadata":{"resourceVersion":"2"},"items":[{"metadata":{"name":"</script><img src=x onerror=alert(1)>","namespace":"shop"},"spec":{},"status":{"phase":"<b>"} }]}""";
        var (code, changed) = await OfAsync(tag);
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.NotEqual(text, changed);

        // Markup in names never leaves as markup, not even within JSON.
        Assert.DoesNotContain('<', changed);

        async Task<(HttpStatusCode, string)> OfAsync(string? seen) => await SendAsync("/console/api/overview", tag: seen) is var (c, t, _) ? (c, t) : default;
    }

    [Fact]
    public async Task The_accounts_numbers_are_told_by_the_leader()
    {
        _metrics.Claims.CountAddresses = () => new Dictionary<string, long> { ["Bound"] = 7 };
        _metrics.Claims.ReadQuotas = () => [new("TOTAL_EIP_QUOTA", 7, 20)];
        _readiness.Set("lease", isReady: true, "standing by");
        Assert.DoesNotContain("quotas", (await SendAsync("/console/api/overview")).Text, StringComparison.Ordinal);
        _readiness.Set("lease", isReady: true, "leading");
        var text = (await SendAsync("/console/api/overview")).Text;
        Assert.Contains("""
            "addresses":[{"name":"Bound","count":7}],"quotas":[{"name":"TOTAL_EIP_QUOTA","used":7,"limit":20}]
            """, text, StringComparison.Ordinal);
        Assert.DoesNotContain("quotas", (await SendAsync("/console/api/overview?namespace=shop")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_ends_and_a_server_that_fails_are_told_apart()
    {
        _theirs.Fails = HttpStatusCode.Unauthorized;
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("/console/api/overview")).Code);
        _theirs.Fails = HttpStatusCode.InternalServerError;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SendAsync("/console/api/overview")).Code);
        _theirs.Fails = HttpStatusCode.NotFound;
        var (code, text, _) = await SendAsync("/console/api/overview");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
        Assert.Contains("is Pod EIP installed here?", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_has_no_script_or_style_of_its_own_and_makes_no_markup_of_text()
    {
        var (page, script) = ((await SendAsync("/console/")).Text, (await SendAsync("/console/console.js")).Text);
        Assert.DoesNotMatch(Inline(), page);
        Assert.DoesNotMatch(Dangerous(), script);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("://", script, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Inline();

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|localStorage|sessionStorage|cookie|indexedDB", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Dangerous();
}
