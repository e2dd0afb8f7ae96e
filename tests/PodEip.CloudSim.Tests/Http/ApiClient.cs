using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PodEip.CloudSim.Http;

namespace PodEip.CloudSim.Tests.Http;

/// <summary>A bare client of the API: every header can be bent.</summary>
internal sealed class ApiClient(CloudSimHost host) : IDisposable
{
    private readonly HttpClient _http = new();

    public string SecretId { get; set; } = CloudSimOptions.DefaultSecretId;

    public string SecretKey { get; set; } = CloudSimOptions.DefaultSecretKey;

    public string? Token { get; set; }

    public TimeSpan ClockError { get; set; }

    public string? HostHeader { get; set; }

    public bool SignHostWithoutPort { get; set; }

    public string ContentType { get; set; } = "application/json";

    public string Service { get; set; } = "vpc";

    /// <summary>Changes the request after signing.</summary>
    public Action<HttpRequestMessage>? Bend { get; set; }

    public Task<JsonObject> CallAsync(string action, string body = "{}", string? version = null, string? region = "ap-guangzhou") =>
        SendAsync(HttpMethod.Post, "", action, body, version, region);

    public Task<JsonObject> GetAsync(string action, string query) => SendAsync(HttpMethod.Get, query, action, "", null, "ap-guangzhou");

    /// <summary>The error code; fails when the call succeeds.</summary>
    public async Task<string> FailAsync(string action, string body = "{}", string? version = null, string? region = "ap-guangzhou")
    {
        var answer = await CallAsync(action, body, version, region);
        return (string?)answer["Error"]?["Code"] ?? throw new InvalidOperationException($"{action} succeeded: {answer.ToJsonString()}");
    }

    /// <summary>The answer; fails with the error when the call does.</summary>
    public async Task<JsonObject> GoodAsync(string action, string body = "{}")
    {
        var answer = await CallAsync(action, body);
        return answer["Error"] is { } error ? throw new InvalidOperationException($"{action}: {error.ToJsonString()}") : answer;
    }

    public async Task<HttpResponseMessage> SendRawAsync(HttpMethod method, string query, string action, string body, string? version, string? region)
    {
        using var request = new HttpRequestMessage(method, new Uri(host.Endpoint, query.Length == 0 ? "/" : "/?" + query));
        var content = Encoding.UTF8.GetBytes(body);
        var contentType = method == HttpMethod.Get ? "application/x-www-form-urlencoded" : ContentType;
        request.Content = new ByteArrayContent(content);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        var timestamp = (host.Model.Now + ClockError).ToUnixTimeSeconds();
        var hostName = HostHeader ?? host.Endpoint.Authority;
        request.Headers.Host = hostName;
        var signedHost = SignHostWithoutPort ? hostName.Split(':')[0] : hostName;
        var signature = Tc3Signature.Compute(SecretKey, Service, timestamp, method.Method, query, [new("content-type", contentType), new("host", signedHost)], content);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"{Tc3Signature.Algorithm} Credential={SecretId}/{Tc3Signature.DateOf(timestamp)}/{Service}/tc3_request, SignedHeaders=content-type;host, Signature={signature}");
        request.Headers.Add("X-TC-Action", action);
        request.Headers.Add("X-TC-Version", version ?? (action.Contains("Resources", StringComparison.Ordinal) || action.StartsWith("Assume", StringComparison.Ordinal) ? "2018-08-13" : "2017-03-12"));
        request.Headers.Add("X-TC-Timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        if (region is not null)
        {
            request.Headers.Add("X-TC-Region", region);
        }

        if (Token is not null)
        {
            request.Headers.Add("X-TC-Token", Token);
        }

        Bend?.Invoke(request);
        return await _http.SendAsync(request);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonObject> SendAsync(HttpMethod method, string query, string action, string body, string? version, string? region)
    {
        using var response = await SendRawAsync(method, query, action, body, version, region);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["Response"]!.AsObject();
        Assert.True(Guid.TryParse((string?)answer["RequestId"], out _));
        return answer;
    }
}
