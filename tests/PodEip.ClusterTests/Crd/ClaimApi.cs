using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PodEip.Api.Resources;
using PodEip.Dev;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.ClusterTests.Crd;

/// <summary>
/// The claims API of a real API server, with the CRD of this checkout, as bare HTTP: these tests are about what the server itself says. The control
/// plane is their own, since a controller that another test runs would serve the claims made here.
/// </summary>
public sealed class ClaimApi : IAsyncLifetime
{
    private const string Definitions = "apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private const string Claims = "apis/podeip.io/v1/namespaces/default/eipclaims";

    private TemporaryControlPlane? _plane;
    private k8s.Kubernetes? _client;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _plane = await TemporaryControlPlane.StartAsync();
        _client = ControlPlaneFixture.ClientFor(_plane.Plane.KubeconfigPath);
        var yaml = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "deploy", "crd", "podeip.io_eipclaims.yaml"));
        var (status, body) = await SendAsync(HttpMethod.Post, Definitions, new StringContent(yaml, Encoding.UTF8, "application/yaml"));
        Assert.True(status == HttpStatusCode.Created, body.ToJsonString());
        await Eventually.BecomesAsync(_ => ConditionAsync("Established"), condition => condition == "True");
        await Eventually.BecomesAsync(async _ => (await SendAsync(HttpMethod.Get, Claims)).Status, answer => answer == HttpStatusCode.OK);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_plane is not null)
            await _plane.DisposeAsync();
    }

    /// <summary>A name that no other test uses.</summary>
    public static string NewName() => $"game-{Guid.NewGuid():N}";

    /// <summary>Status of a condition of the CRD; null when it is not there.</summary>
    public async Task<string?> ConditionAsync(string type)
    {
        var (_, definition) = await SendAsync(HttpMethod.Get, $"{Definitions}/eipclaims.podeip.io");
        return (string?)(definition["status"]?["conditions"] as JsonArray ?? []).FirstOrDefault(c => (string?)c!["type"] == type)?["status"];
    }

    /// <summary>Stores a claim of that spec.</summary>
    public Task<(HttpStatusCode Status, JsonNode Body)> CreateAsync(string name, string spec)
    {
        var claim = new JsonObject
        {
            ["apiVersion"] = "podeip.io/v1",
            ["kind"] = "EIPClaim",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = JsonNode.Parse(spec),
            ["status"] = new JsonObject { ["phase"] = "Bound" },
        };
        return SendAsync(HttpMethod.Post, Claims, new StringContent(claim.ToJsonString(), Encoding.UTF8, "application/json"));
    }

    /// <summary>Merges JSON into a claim, or into its status.</summary>
    public Task<(HttpStatusCode Status, JsonNode Body)> MergeAsync(string name, string json, bool status) =>
        SendAsync(HttpMethod.Patch, $"{Claims}/{name}{(status ? "/status" : "")}", new StringContent(json, Encoding.UTF8, "application/merge-patch+json"));

    /// <summary>The claim as <c>kubectl get</c> asks for it.</summary>
    public async Task<JsonNode> TableAsync(string name) => (await SendAsync(HttpMethod.Get, $"{Claims}/{name}", accept: "application/json;as=Table;v=v1;g=meta.k8s.io")).Body;

    /// <summary>Any request below the server's root.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(HttpMethod method, string path, HttpContent? content = null, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(method, new Uri(_client!.BaseUri, path)) { Content = content };
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        using var response = await _client.HttpClient.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>The answer as a claim.</summary>
    public static EipClaim Claim(JsonNode body) => body.Deserialize(EipClaimJson.Default.EipClaim)!;
}
