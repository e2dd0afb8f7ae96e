using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Api.Demands;
using PodEip.Controller.Admission;
using PodEip.Controller.Admission.Certificates;
using PodEip.Controller.Telemetry;
using PodEip.Hosting;
using Xunit;

namespace PodEip.Controller.Tests.Admission;

/// <summary>The server itself, over TLS, asked by nobody in their right mind.</summary>
[Collection("meters")]
public sealed class AdmissionEndpointTests : IAsyncLifetime
{
    private const string Pod = """{"metadata":{"annotations":{"tke.cloud.tencent.com/eip-attributes":"ATTRIBUTES"}},"spec":{"containers":[{"name":"c"}]}}""";

    private readonly ServingCertificate _certificate = new();
    private readonly ControllerMetrics _metrics = new("example.com");
    private readonly CertificateState _state = CertificatePlan.Next(null, ["localhost"], TimeProvider.System.GetUtcNow());
    private WebhookWeb _web = null!;
    private HttpClient _client = null!;
    private string _shown = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var settings = new WebhookSettings { Listen = ListenAddress.Parse("127.0.0.1:0").Value!, Namespace = "podeip-system", Demands = new DemandSettings(), Inject = true };
        _certificate.Show(_state.Serving);
        _web = await WebhookWeb.StartAsync(
            settings.Listen, _certificate, new AdmissionEndpoint(new AdmissionJudge(settings), _metrics.Webhook, TimeProvider.System, NullLogger.Instance), NullLoggerFactory.Instance, Ct);
        _client = NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _web.DisposeAsync();
        _metrics.Dispose();
    }

    private HttpClient NewClient()
    {
#pragma warning disable CA2000 // Disposed with the client.
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    _shown = certificate?.GetCertHashString() ?? "";
                    return _shown.Length > 0;
                },
            },
        };
#pragma warning restore CA2000
        return new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{_web.Port}") };
    }

    private static string Review(string o, string kind = "Pod", string operation = "CREATE") => $$"""
        {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u-1","kind":{"group":"","version":"v1","kind":"{{kind}}" },
         "operation":"{{operation}}","namespace":"shop","object":{{o}},"oldObject":null} }
        """;

    private Task<HttpResponseMessage> SendAsync(string path, string body, string type = "application/json") =>
        _client.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(type)), Ct);

    private async Task<JsonNode> AskAsync(string path, string body)
    {
        using var answer = await SendAsync(path, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var review = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!;
        Assert.Equal(("admission.k8s.io/v1", "AdmissionReview", "u-1"), ((string?)review["apiVersion"], (string?)review["kind"], (string?)review["response"]!["uid"]));
        return review["response"]!;
    }

    [Fact]
    public async Task A_bad_Pod_is_refused_and_a_good_one_is_patched()
    {
        var refused = await AskAsync("/validate?timeout=2s", Review(Pod.Replace("ATTRIBUTES", "{bad", StringComparison.Ordinal)));
        Assert.False((bool)refused["allowed"]!);
        Assert.Equal(422, (int)refused["status"]!["code"]!);
        Assert.Contains("eip-attributes", (string?)refused["status"]!["message"], StringComparison.Ordinal);

        var patched = await AskAsync("/mutate", Review(Pod.Replace("ATTRIBUTES", "", StringComparison.Ordinal)));
        Assert.True((bool)patched["allowed"]!);
        Assert.Equal("JSONPatch", (string?)patched["patchType"]);
        var patch = JsonNode.Parse(Convert.FromBase64String((string)patched["patch"]!))!.AsArray();
        Assert.Equal(["/spec/containers/0/resources", "/spec/readinessGates"], patch.Select(op => (string)op!["path"]!));
    }

    [Theory]
    [InlineData("null", "Pod")]
    [InlineData("{}", "Pod")]
    [InlineData("[[[[]]]]", "Deployment")]
    [InlineData("{}", "Gadget")]
    public async Task Whatever_it_does_not_know_is_allowed_with_nothing(string o, string kind)
    {
        foreach (var path in (string[])["/validate", "/mutate"])
        {
            var answer = await AskAsync(path, Review(o, kind));
            Assert.True((bool)answer["allowed"]!);
            Assert.Null(answer["patch"]);
        }
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("null", 400)]
    [InlineData("[]", 400)]
    [InlineData("{", 400)]
    [InlineData("{}", 400)]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}""", 400)]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":7}}""", 400)]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1beta1","kind":"AdmissionReview","request":{"uid":"u"}}""", 400)]
    [InlineData("""{"apiVersion":"v1","kind":"Pod"}""", 400)]
    public async Task A_body_that_is_no_question_is_a_bad_request(string body, int code)
    {
        using var answer = await SendAsync("/validate", body);
        Assert.Equal(code, (int)answer.StatusCode);
        Assert.NotEmpty(await answer.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task Other_methods_paths_types_and_sizes_are_told_apart()
    {
        using var get = await _client.GetAsync(new Uri("/validate", UriKind.Relative), Ct);
        using var path = await SendAsync("/", "{}");
        using var type = await SendAsync("/validate", "{}", "application/yaml");
        using var deep = await SendAsync("/validate", Review(new string('[', 5000) + new string(']', 5000)));
        using var body = new HttpRequestMessage(HttpMethod.Post, "/validate") { Content = new StringContent(Review($"\"{new string('x', 8 * 1024 * 1024)}\""), Encoding.UTF8, "application/json") };
        body.Headers.ExpectContinue = true;
        using var huge = await _client.SendAsync(body, Ct);
        Assert.Equal([405, 404, 415, 400, 413], ((HttpResponseMessage[])[get, path, type, deep, huge]).Select(a => (int)a.StatusCode));

        // And it goes on answering.
        await AskAsync("/validate", Review("{}"));
    }

    [Fact]
    public async Task Another_certificate_is_shown_to_the_next_connection_while_the_open_one_goes_on()
    {
        await AskAsync("/validate", Review("{}"));
        var first = _shown;
        Assert.False(_certificate.Show(_state.Serving));
        Assert.True(_certificate.Show(CertificateMint.Serving(_state.Authority, ["localhost"], TimeProvider.System.GetUtcNow())));
        await AskAsync("/validate", Review("{}"));
        Assert.Equal(first, _shown);
        using (_client)
        {
            _client = NewClient();
        }

        await AskAsync("/validate", Review("{}"));
        Assert.NotEqual(first, _shown);
    }
}
