using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PodEip.Cli.Reading;
using PodEip.Cloud.Addresses;
using PodEip.TestKit.ControlPlane;
using Xunit;

namespace PodEip.Cli.Tests.Cluster;

/// <summary>
/// Quotas without the cloud. A real API server proxies to no loopback address, and nothing else is there to listen on: so its part of the proxy is played here.
/// </summary>
public sealed class QuotaTests(ControlPlaneFixture planes)
{
    private const string Metrics = """
        # TYPE podeip_quota_limit gauge
        podeip_quota_limit{otel_scope_name="PodEip.Claims",quota="TOTAL_EIP_QUOTA"} 20 1764000000000
        podeip_quota_limit{quota="DAILY_EIP_APPLY"} 4e1
        podeip_quota_limit{quota="NO_USE_TOLD"} 5
        podeip_quota_used{otel_scope_name="PodEip.Claims",quota="TOTAL_EIP_QUOTA"} 19 1764000000000
        podeip_quota_used{quota="DAILY_EIP_APPLY"} 7
        podeip_quota_used{quota="ODD"} NaN
        podeip_quota_usedness{quota="OTHER"} 1
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Quotas_are_read_from_metrics_and_what_is_odd_is_passed_over()
    {
        Assert.Equal([new AddressQuota("DAILY_EIP_APPLY", 7, 40), new AddressQuota("TOTAL_EIP_QUOTA", 19, 20)], QuotaMetrics.Read(Metrics));
        Assert.Empty(QuotaMetrics.Read("<html>nothing of the kind</html>"));
    }

    [Fact]
    public async Task The_leaders_metrics_are_asked_where_no_region_is_named()
    {
        await using var server = await StartAsync(StatusCodes.Status200OK, Metrics);
        var told = await RunAsync(server, "usage", "-o", "json");
        Assert.True(told is { Code: 0, Error: "" }, told.ToString());
        Assert.Equal(["DAILY_EIP_APPLY 7 40", "TOTAL_EIP_QUOTA 19 20"], JsonNode.Parse(told.Output)!["quotas"]!.AsArray().Select(q => $"{q!["name"]} {q["used"]} {q["limit"]}"));
        var plan = await CliCall.RunAsync(
            "kind: Pod\nmetadata: { name: a, annotations: { tke.cloud.tencent.com/eip-attributes: '' } }\n", Ct, ["plan", "-", "--kubeconfig", await KubeconfigAsync(server)]);
        Assert.Contains("quota: TOTAL_EIP_QUOTA: 1 are needed, 1 of 20 are left", plan.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StatusCodes.Status403Forbidden, "no right to ask the controller's metrics (pods/proxy in podeip-system)")]
    [InlineData(StatusCodes.Status404NotFound, "is no Pod of podeip-system")]
    [InlineData(StatusCodes.Status503ServiceUnavailable, "the controller's metrics can't be read")]
    [InlineData(StatusCodes.Status200OK, "has not read them yet")]
    public async Task Why_they_are_not_known_is_told_with_what_to_do(int answer, string why)
    {
        await using var server = await StartAsync(answer, "nothing of the kind");
        var told = await RunAsync(server, "usage");
        Assert.True(told.Code == 0, told.ToString());
        Assert.Contains(why, told.Error, StringComparison.Ordinal);
        Assert.Contains("say --region", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_and_who_has_no_controller_are_told_so_too()
    {
        using var space = await TestNamespace.OpenAsync(planes, "noquota", Ct);
        var told = await CliCall.RunAsync("", Ct, "usage", "--kubeconfig", space.Kubeconfig);
        Assert.Contains("the quotas are not known: no controller leads that could be asked; say --region", told.Error, StringComparison.Ordinal);
    }

    private static async Task<CliCall> RunAsync(WebApplication server, params string[] args) => await CliCall.RunAsync("", Ct, [.. args, "--kubeconfig", await KubeconfigAsync(server)]);

    private static async Task<string> KubeconfigAsync(WebApplication server)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"quota-{new Uri(server.Urls.Single()).Port.ToString(CultureInfo.InvariantCulture)}.kubeconfig");
        await File.WriteAllTextAsync(file, $$"""
            apiVersion: v1
            kind: Config
            current-context: here
            clusters: [ { name: here, cluster: { server: "{{server.Urls.Single()}}" } } ]
            users: [ { name: here, user: { token: none } } ]
            contexts: [ { name: here, context: { cluster: here, user: here } } ]
            """, Ct);
        return file;
    }

    private static async Task<WebApplication> StartAsync(int answer, string body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/apis/coordination.k8s.io/v1/namespaces/podeip-system/leases", () => Results.Text(
            $$"""{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"namespace":"podeip-system","name":"podeip-controller-demo"},"spec":{"holderIdentity":"podeip-controller-5d9c_0123","leaseDurationSeconds":15,"renewTime":"{{TimeProvider.System.GetUtcNow():O}}"} }]}""", "application/json"));
        app.MapGet("/api/v1/namespaces/podeip-system/pods/podeip-controller-5d9c/proxy/metrics", () => Results.Text(body, "text/plain", statusCode: answer));
        app.MapFallback(() => Results.Text("""{"metadata":{"resourceVersion":"1"},"items":[]}""", "application/json"));
        await app.StartAsync(Ct);
        return app;
    }
}
