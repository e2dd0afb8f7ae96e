using System.Text.Json.Nodes;
using PodEip.Api;
using PodEip.Kubernetes.Api;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Cli.Tests.Cluster;

/// <summary>The commands against a real API server; no controller runs.</summary>
public sealed class CommandTests(ControlPlaneFixture planes)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claims_are_listed_in_every_form_by_namespace_and_selector()
    {
        using var cluster = await OpenAsync("list");
        await cluster.MakeBoundAsync("web-0", "a", Ct);
        await cluster.MakeBoundAsync("web-1", "b", Ct);
        var table = await RunAsync("list", "-n", cluster.Name);
        Assert.Equal(["NAME", "web-0", "web-1"], table.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
        Assert.Contains("203.0.113.7", table.Output, StringComparison.Ordinal);
        Assert.Equal("eipclaim.podeip.io/web-1\n", (await RunAsync("list", "-n", cluster.Name, "-o", "name", "-l", "app=b")).Output);
        Assert.Equal(2, JsonNode.Parse((await RunAsync("list", "-n", cluster.Name, "-o", "json")).Output)!["items"]!.AsArray().Count);
        Assert.Contains($"namespace: {cluster.Name}", (await RunAsync("list", "-n", cluster.Name, "-o", "yaml")).Output, StringComparison.Ordinal);
        Assert.Contains(cluster.Name, (await RunAsync("list", "-A")).Output, StringComparison.Ordinal);
        var none = await RunAsync("list", "-n", "default");
        Assert.Equal((0, "", "No claims found in namespace default.\n"), (none.Code, none.Output, none.Error));
    }

    [Fact]
    public async Task A_reclaim_is_asked_for_guarded_by_a_living_Pod_and_done()
    {
        using var cluster = await OpenAsync("reclaim");
        await cluster.MakeBoundAsync("web-0", "a", Ct);
        var unasked = await RunAsync("reclaim", "web-0", "-n", cluster.Name);
        Assert.Equal(2, unasked.Code);
        Assert.Contains("say --yes", unasked.Error, StringComparison.Ordinal);

        await cluster.ApplyAsync(ResourcePath.Core("v1", "pods", cluster.Name, "web-0"), """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-0"},"spec":{"containers":[{"name":"main","image":"busybox"}]}}""", Ct);
        var used = await RunAsync("reclaim", "web-0", "-n", cluster.Name, "--yes");
        Assert.Equal(1, used.Code);
        Assert.Contains("lives and uses eip-1a2b3c4d", used.Error, StringComparison.Ordinal);
        Assert.StartsWith("would release", (await RunAsync("reclaim", "web-0", "-n", cluster.Name, "--force", "--dry-run")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await CliCall.RunAsync("n\n", Ct, ["reclaim", "web-0", "-n", cluster.Name, "--force", "--kubeconfig", await KubeconfigAsync()])).Code);
        Assert.NotNull(await cluster.Sight.ClaimAsync(new ClaimKey(cluster.Name, "web-0"), Ct));

        Assert.Equal(0, (await CliCall.RunAsync("y\n", Ct, ["reclaim", "web-0", "-n", cluster.Name, "--force", "--kubeconfig", await KubeconfigAsync()])).Code);
        Assert.Null(await cluster.Sight.ClaimAsync(new ClaimKey(cluster.Name, "web-0"), Ct));
    }

    [Fact]
    public async Task Why_says_what_its_user_may_not_see()
    {
        using var cluster = await OpenAsync("rights");
        await cluster.MakeBoundAsync("web-0", "a", Ct);
        var plane = await planes.StartedAsync(Ct);
        var user = $"tenant-{cluster.Name}";
        var path = $"/apis/rbac.authorization.k8s.io/v1/namespaces/{cluster.Name}";
        await cluster.ApplyAsync($"{path}/roles/tenant", """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"tenant"},"rules":[{"apiGroups":["podeip.io",""],"resources":["eipclaims","pods"],"verbs":["get","list"]}]}""", Ct);
        await cluster.ApplyAsync($"{path}/rolebindings/tenant", $$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"tenant"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"tenant"},"subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"{{user}}"}]}""", Ct);
        var kubeconfig = plane.MintKubeconfig(user);
        var told = await Eventually.BecomesAsync(
            token => CliCall.RunAsync("", token, "why", "web-0", "-n", cluster.Name, "--kubeconfig", kubeconfig), call => !call.Output.Contains("the claim: no right", StringComparison.Ordinal), cancellation: Ct);
        Assert.Contains("Claim " + cluster.Name + "/web-0: 203.0.113.7 is bound.", told.Output, StringComparison.Ordinal);
        Assert.Contains("Nodes: no right to list them", told.Output, StringComparison.Ordinal);
        Assert.Contains("events: no right to list them", told.Output, StringComparison.Ordinal);
        Assert.Equal(0, told.Code);
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_exit_code_3()
    {
        using var cluster = await OpenAsync("nobody");
        var told = await RunAsync("why", "nobody", "-n", cluster.Name);
        Assert.Equal(3, told.Code);
        Assert.Contains("there is neither a Pod nor a claim", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_offers_the_names_of_claims()
    {
        using var cluster = await OpenAsync("complete");
        await cluster.MakeBoundAsync("web-0", "a", Ct);
        Assert.Equal("web-0\n:4\n", (await CliCall.RunAsync("", Ct, "__complete", "why", "--kubeconfig", await KubeconfigAsync(), "-n", cluster.Name, "we")).Output);
    }

    [Fact]
    public async Task Usage_counts_claims_by_state()
    {
        using var cluster = await OpenAsync("usage");
        await cluster.MakeBoundAsync("web-0", "a", Ct);
        var told = await RunAsync("usage", "-o", "json");
        Assert.True(JsonNode.Parse(told.Output)!["claims"]!.AsArray().Single(c => (string)c!["state"]! == "Bound")!["own"]!.GetValue<int>() >= 1);
    }

    private async Task<string> KubeconfigAsync() => (await planes.StartedAsync(Ct)).KubeconfigPath;

    private async Task<CliCall> RunAsync(params string[] args) => await CliCall.RunAsync("", Ct, [.. args, "--kubeconfig", await KubeconfigAsync()]);

    private Task<TestNamespace> OpenAsync(string hint) => TestNamespace.OpenAsync(planes, hint, Ct);
}
