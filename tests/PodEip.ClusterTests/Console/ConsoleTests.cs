using System.Net;
using PodEip.Kubernetes.Api;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.ClusterTests.Console;

/// <summary>Who gets to see what, by real tokens and a real authorizer.</summary>
public sealed class ConsoleTests(ControlPlaneFixture planes) : IAsyncLifetime
{
    private static readonly RequiredRight ListClaims = new("podeip.io", "eipclaims", ["list", "get"], "", [], OwnNamespace: false);
    private static readonly RequiredRight ListNodes = new("", "nodes", ["list"], "", [], OwnNamespace: false);

    private ConsoleCluster _cluster = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await ConsoleCluster.OpenAsync(planes, Ct);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Each_token_sees_what_its_owner_may_see()
    {
        var (stranger, tenant, viewer) = (await _cluster.AccountAsync("stranger", Ct), await _cluster.AccountAsync("tenant", Ct), await _cluster.AccountAsync("viewer", Ct));
        await _cluster.AllowAsync("tenant", everywhere: false, Ct, ListClaims);
        await _cluster.AllowAsync("viewer", everywhere: true, Ct, ListClaims, ListNodes);

        // Without its rights the console lets nobody in, and says whose matter that is.
        var (code, body) = await _cluster.GetAsync("api/overview", viewer, Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
        Assert.Contains("deploy/components/console/rbac.yaml", (string)body!["error"]!, StringComparison.Ordinal);
        await _cluster.GrantAsync(Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, (await _cluster.GetAsync("api/overview", token: null, Ct)).Code);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _cluster.GetAsync("api/overview", "eyJhbGciOiJub25lIn0.e30.", Ct)).Code);
        // Signed, but of another content.
        Assert.Equal(HttpStatusCode.Unauthorized, (await _cluster.GetAsync("api/overview", Tampered(viewer), Ct)).Code);

        (code, body) = await _cluster.GetAsync("api/overview", stranger, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Equal($"system:serviceaccount:{_cluster.Space}:stranger may not list eipclaims.podeip.io in all namespaces. If you may in one, name it.", (string)body!["error"]!);
        Assert.Equal(HttpStatusCode.Forbidden, (await _cluster.GetAsync($"api/overview?namespace={_cluster.Space}", stranger, Ct)).Code);
        Assert.Equal(HttpStatusCode.Forbidden, (await _cluster.GetAsync($"api/why?namespace={_cluster.Space}&name=web-0", stranger, Ct)).Code);

        // One of one namespace: that one and no other.
        Assert.Equal(HttpStatusCode.Forbidden, (await _cluster.GetAsync("api/overview", tenant, Ct)).Code);
        Assert.Equal(HttpStatusCode.Forbidden, (await _cluster.GetAsync("api/overview?namespace=kube-system", tenant, Ct)).Code);
        Assert.Equal(HttpStatusCode.Forbidden, (await _cluster.GetAsync("api/why?namespace=kube-system&name=web-0", tenant, Ct)).Code);
        (code, body) = await _cluster.GetAsync($"api/overview?namespace={_cluster.Space}", tenant, Ct);
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal(["web-0"], body!["claims"]!.AsArray().Select(c => (string)c!["name"]!));
        Assert.Null(body["nodes"]);
        Assert.Equal(["Nodes: no right to list them"], body["unseen"]!.AsArray().Select(u => (string)u!));

        (code, body) = await _cluster.GetAsync("api/overview", viewer, Ct);
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Contains(body!["claims"]!.AsArray(), c => (string)c!["namespace"]! == _cluster.Space && (string)c["name"]! == "web-0");
        Assert.NotNull(body["nodes"]);
        Assert.Equal("standing by", (string)body["replica"]!["state"]!);
        Assert.Equal($"system:serviceaccount:{_cluster.Space}:viewer", (string)body["user"]!);
    }

    [Fact]
    public async Task Why_tells_what_the_viewer_may_know_and_names_what_they_may_not()
    {
        var tenant = await _cluster.AccountAsync("curious", Ct);
        await _cluster.AllowAsync("curious", everywhere: false, Ct, ListClaims);
        await _cluster.GrantAsync(Ct);
        var (_, why) = await Eventually.BecomesAsync(token => _cluster.GetAsync($"api/why?namespace={_cluster.Space}&name=web-0", tenant, token), answer => answer.Code == HttpStatusCode.OK, cancellation: Ct);
        Assert.Contains($"{_cluster.Space}/web-0", (string)why!["heading"]!, StringComparison.Ordinal);
        Assert.Contains("the Pod: no right to get it", why["unseen"]!.AsArray().Select(u => (string)u!));
    }

    /// <summary>The same signature under another payload.</summary>
    private static string Tampered(string token)
    {
        var parts = token.Split('.');
        parts[1] = parts[1][..^2] + (parts[1].EndsWith("AA", StringComparison.Ordinal) ? "BB" : "AA");
        return string.Join('.', parts);
    }
}
