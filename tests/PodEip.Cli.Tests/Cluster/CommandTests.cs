using System.Text;
using System.Text.Json.Nodes;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Cli.Reading;
using PodEip.Controller.Cluster;
using PodEip.Kubernetes.Api;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Cli.Tests.Cluster;

/// <summary>The commands against a real API server; no controller runs.</summary>
public sealed class CommandTests(ControlPlaneFixture planes)
{
    private const string Crds = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + PodEipNames.CrdName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claims_are_listed_in_every_form_by_namespace_and_selector()
    {
        using var cluster = await OpenAsync("list");
        await MakeAsync(cluster, "web-0", "a");
        await MakeAsync(cluster, "web-1", "b");
        var table = await RunAsync("list", "-n", cluster.Namespace);
        Assert.Equal(["NAME", "web-0", "web-1"], table.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
        Assert.Contains("203.0.113.7", table.Output, StringComparison.Ordinal);
        Assert.Equal("eipclaim.podeip.io/web-1\n", (await RunAsync("list", "-n", cluster.Namespace, "-o", "name", "-l", "app=b")).Output);
        Assert.Equal(2, JsonNode.Parse((await RunAsync("list", "-n", cluster.Namespace, "-o", "json")).Output)!["items"]!.AsArray().Count);
        Assert.Contains($"namespace: {cluster.Namespace}", (await RunAsync("list", "-n", cluster.Namespace, "-o", "yaml")).Output, StringComparison.Ordinal);
        Assert.Contains(cluster.Namespace, (await RunAsync("list", "-A")).Output, StringComparison.Ordinal);
        var none = await RunAsync("list", "-n", "default");
        Assert.Equal((0, "", "No claims found in namespace default.\n"), (none.Code, none.Output, none.Error));
    }

    [Fact]
    public async Task A_reclaim_is_asked_for_guarded_by_a_living_Pod_and_done()
    {
        using var cluster = await OpenAsync("reclaim");
        await MakeAsync(cluster, "web-0", "a");
        var unasked = await RunAsync("reclaim", "web-0", "-n", cluster.Namespace);
        Assert.Equal(2, unasked.Code);
        Assert.Contains("say --yes", unasked.Error, StringComparison.Ordinal);

        await ApplyAsync(cluster, ResourcePath.Core("v1", "pods", cluster.Namespace, "web-0"), """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-0"},"spec":{"containers":[{"name":"main","image":"busybox"}]}}""");
        var used = await RunAsync("reclaim", "web-0", "-n", cluster.Namespace, "--yes");
        Assert.Equal(1, used.Code);
        Assert.Contains("lives and uses eip-1a2b3c4d", used.Error, StringComparison.Ordinal);
        Assert.StartsWith("would release", (await RunAsync("reclaim", "web-0", "-n", cluster.Namespace, "--force", "--dry-run")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await CliCall.RunAsync("n\n", Ct, ["reclaim", "web-0", "-n", cluster.Namespace, "--force", "--kubeconfig", await KubeconfigAsync()])).Code);
        Assert.NotNull(await cluster.ClaimAsync(new ClaimKey(cluster.Namespace, "web-0"), Ct));

        Assert.Equal(0, (await CliCall.RunAsync("y\n", Ct, ["reclaim", "web-0", "-n", cluster.Namespace, "--force", "--kubeconfig", await KubeconfigAsync()])).Code);
        Assert.Null(await cluster.ClaimAsync(new ClaimKey(cluster.Namespace, "web-0"), Ct));
    }

    [Fact]
    public async Task Why_says_what_its_user_may_not_see()
    {
        using var cluster = await OpenAsync("rights");
        await MakeAsync(cluster, "web-0", "a");
        var plane = await planes.StartedAsync(Ct);
        var user = $"tenant-{cluster.Namespace}";
        var path = $"/apis/rbac.authorization.k8s.io/v1/namespaces/{cluster.Namespace}";
        await ApplyAsync(cluster, $"{path}/roles/tenant", """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"tenant"},"rules":[{"apiGroups":["podeip.io",""],"resources":["eipclaims","pods"],"verbs":["get","list"]}]}""");
        await ApplyAsync(cluster, $"{path}/rolebindings/tenant", $$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"tenant"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"tenant"},"subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"{{user}}"}]}""");
        var kubeconfig = plane.MintKubeconfig(user);
        var told = await Eventually.BecomesAsync(
            token => CliCall.RunAsync("", token, "why", "web-0", "-n", cluster.Namespace, "--kubeconfig", kubeconfig), call => !call.Output.Contains("the claim: no right", StringComparison.Ordinal), cancellation: Ct);
        Assert.Contains("Claim " + cluster.Namespace + "/web-0: 203.0.113.7 is bound.", told.Output, StringComparison.Ordinal);
        Assert.Contains("Nodes: no right to list them", told.Output, StringComparison.Ordinal);
        Assert.Contains("events: no right to list them", told.Output, StringComparison.Ordinal);
        Assert.Equal(0, told.Code);
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_exit_code_3()
    {
        using var cluster = await OpenAsync("nobody");
        var told = await RunAsync("why", "nobody", "-n", cluster.Namespace);
        Assert.Equal(3, told.Code);
        Assert.Contains("there is neither a Pod nor a claim", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_finds_what_is_missing_and_says_what_it_could_not_look_at()
    {
        using var cluster = await OpenAsync("doctor");
        var told = await RunAsync("doctor", "-o", "json");
        Assert.Equal(3, told.Code);
        var states = JsonNode.Parse(told.Output)!["findings"]!.AsArray().ToLookup(f => (string)f!["check"]!, f => (string)f!["state"]!);
        Assert.Equal("Ok", Assert.Single(states["crd"]));
        Assert.Equal("Trouble", Assert.Single(states["controller"]));
        Assert.Equal("Trouble", Assert.Single(states["agent"]));
        Assert.Equal("Skipped", Assert.Single(states["permissions"]));
    }

    [Fact]
    public async Task Completion_offers_the_names_of_claims()
    {
        using var cluster = await OpenAsync("complete");
        await MakeAsync(cluster, "web-0", "a");
        Assert.Equal("web-0\n:4\n", (await CliCall.RunAsync("", Ct, "__complete", "why", "--kubeconfig", await KubeconfigAsync(), "-n", cluster.Namespace, "we")).Output);
    }

    [Fact]
    public async Task Usage_counts_claims_by_state()
    {
        using var cluster = await OpenAsync("usage");
        await MakeAsync(cluster, "web-0", "a");
        var told = await RunAsync("usage", "-o", "json");
        Assert.True(JsonNode.Parse(told.Output)!["claims"]!.AsArray().Single(c => (string)c!["state"]! == "Bound")!["own"]!.GetValue<int>() >= 1);
    }

    private static Task ApplyAsync(ClusterSight cluster, string path, string manifest) =>
        cluster.Api.PatchAsync(path, PatchKind.Apply, Encoding.UTF8.GetBytes(manifest), ReadJson.Default.JsonObject, Ct);

    private static async Task MakeAsync(ClusterSight cluster, string name, string app)
    {
        var path = ClusterSight.ClaimsPath(cluster.Namespace, name);
        await ApplyAsync(cluster, path, $$"""{"apiVersion":"podeip.io/v1","kind":"EIPClaim","metadata":{"name":"{{name}}","labels":{"app":"{{app}}"} },"spec":{"attributes":{} } }""");
        await cluster.Api.PatchAsync(path + "/status", PatchKind.Merge, Encoding.UTF8.GetBytes("""
            {"status":{"phase":"Bound","addressId":"eip-1a2b3c4d","publicIP":"203.0.113.7","privateIP":"10.0.0.5","origin":"Own",
             "conditions":[{"type":"Ready","status":"True","reason":"Bound","message":"bound to 10.0.0.5","lastTransitionTime":"2026-11-23T12:00:00Z"}]}}
            """), EipClaimJson.Default.EipClaim, Ct);
    }

    private async Task<string> KubeconfigAsync() => (await planes.StartedAsync(Ct)).KubeconfigPath;

    private async Task<CliCall> RunAsync(params string[] args) => await CliCall.RunAsync("", Ct, [.. args, "--kubeconfig", await KubeconfigAsync()]);

    private async Task<ClusterSight> OpenAsync(string hint)
    {
        var cluster = new ClusterSight(await KubeconfigAsync(), context: null, await planes.CreateNamespaceAsync(hint, Ct), new PodEipNames(), TimeProvider.System);
        await cluster.Api.PatchAsync(Crds, PatchKind.Apply, ClaimCrd.Manifest(), ReadJson.Default.JsonObject, Ct);
        await Eventually.BecomesTrueAsync(async token => (await cluster.Api.GetAsync(Crds, ClusterJson.Default.CrdObject, token))?.Serves("v1") is true, cancellation: Ct);
        return cluster;
    }
}
