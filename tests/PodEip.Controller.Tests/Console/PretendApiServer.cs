using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace PodEip.Controller.Tests.Console;

/// <summary>Knows tokens by their users, and who may list claims where; counts questions.</summary>
internal sealed class PretendApiServer : HttpMessageHandler
{
    /// <summary>Users by token.</summary>
    public Dictionary<string, string> Users { get; } = [];

    /// <summary>User and namespace; an empty one for all of them.</summary>
    public HashSet<(string User, string Namespace)> Allowed { get; } = [];

    /// <summary>The claims' list.</summary>
    public string Claims { get; set; } = """{"apiVersion":"podeip.io/v1","kind":"EIPClaimList","metadata":{"resourceVersion":"1"},"items":[]}""";

    /// <summary>What every call gets; null for a proper answer.</summary>
    public HttpStatusCode? Fails { get; set; }

    /// <summary>Path and login of each call.</summary>
    public List<(string Path, string? Login)> Calls { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        lock (Calls)
        {
            Calls.Add((path, request.Headers.Authorization?.Parameter));
        }

        if (Fails is { } code)
        {
            return new HttpResponseMessage(code) { Content = new StringContent("{}") };
        }

        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken));
        var answer = path.EndsWith("/tokenreviews", StringComparison.Ordinal) ? Review((string)body!["spec"]!["token"]!)
            : path.EndsWith("/subjectaccessreviews", StringComparison.Ordinal) ? Access(body!["spec"]!)
            : path.EndsWith("/eipclaims", StringComparison.Ordinal) ? Claims
            : path.EndsWith("/nodes", StringComparison.Ordinal) ? """{"apiVersion":"v1","kind":"NodeList","metadata":{"resourceVersion":"1"},"items":[]}"""
            : null;
        return new HttpResponseMessage(answer is null ? HttpStatusCode.NotFound : HttpStatusCode.OK) { Content = new StringContent(answer ?? "{}", Encoding.UTF8, "application/json") };
    }

    private string Review(string token) => Users.TryGetValue(token, out var user)
        ? $$"""{"status":{"authenticated":true,"user":{"username":"{{user}}","uid":"u","groups":["g"],"extra":{"k":["v"]} } } }"""
        : """{"status":{"authenticated":false,"error":"invalid bearer token"} }""";

    private string Access(JsonNode spec)
    {
        var asked = spec["resourceAttributes"]!;
        var proper = (string)asked["verb"]! == "list" && (string)asked["group"]! == "podeip.io" && (string)asked["resource"]! == "eipclaims" && (string)spec["groups"]![0]! == "g" && (string)spec["extra"]!["k"]![0]! == "v";
        var isAllowed = proper && (Allowed.Contains(((string)spec["user"]!, "")) || Allowed.Contains(((string)spec["user"]!, (string)asked["namespace"]!)));
        return $$"""{"status":{"allowed":{{(isAllowed ? "true" : "false")}}} }""";
    }
}
