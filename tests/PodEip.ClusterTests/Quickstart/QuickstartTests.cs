using PodEip.Api.Resources;
using PodEip.Kubernetes.Api;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.ClusterTests.Quickstart;

/// <summary>What <c>make quickstart</c> and <c>make quickstart-down</c> promise, on a real API server with the real scheduler.</summary>
public sealed class QuickstartTests
{
    private const string PublicIp = "tke.cloud.tencent.com/eip-public-ip";
    private static readonly string Pods = ResourcePath.Core("v1", "pods");

    [Fact]
    public async Task Samples_get_their_addresses_again_is_harmless_and_down_leaves_nothing()
    {
        await using var quickstart = new QuickstartFolder();
        var first = await quickstart.UpAsync();

        var claims = await quickstart.ClaimsAsync();
        var pods = await quickstart.ListAsync(Pods);
        Assert.Equal(5, claims.Count);
        Assert.All(claims, claim => Assert.Equal(ClaimPhase.Bound, claim.Status.Phase));
        Assert.Equal("eip-xxx1", Assert.Single(claims, claim => claim.Key.ToString() == "given/busybox-0").Status.AddressId);
        Assert.Equal("eip-xxx2", Assert.Single(claims, claim => claim.Key.ToString() == "given/busybox-1").Status.AddressId);
        Assert.Equal(2, claims.Count(claim => claim.Metadata.Name.StartsWith("crawler-", StringComparison.Ordinal) && claim.Spec.Attributes?.BandwidthMbps == 10));
        foreach (var claim in claims)
        {
            var pod = Assert.Single(pods, pod => pod.Metadata.Key.ToString() == claim.Key.ToString());
            Assert.Equal(claim.Status.PublicIp, pod.Metadata.Annotations?[PublicIp]);
            Assert.Contains(claim.Status.PublicIp!, first, StringComparison.Ordinal);
        }

        // Neither printed nor on a command line.
        Assert.DoesNotContain(quickstart.SecretKey(), first + string.Join('\n', quickstart.Processes()), StringComparison.Ordinal);

        var pids = quickstart.Pids();
        var second = await quickstart.UpAsync();
        Assert.Equal(pids, quickstart.Pids());
        Assert.Contains("The controller runs already", second, StringComparison.Ordinal);
        Assert.Equal(claims.Select(Told).Order(StringComparer.Ordinal), (await quickstart.ClaimsAsync()).Select(Told).Order(StringComparer.Ordinal));

        await ADeletedPodKeepsItsAddressAsync(quickstart, claims.Single(claim => claim.Key.ToString() == "default/busybox-0"));

        await quickstart.DownAsync();
        Assert.Empty(quickstart.Processes());
        Assert.False(Directory.Exists(quickstart.Folder));
        Assert.Contains("No quickstart is up", await quickstart.DownAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_cluster_of_the_user_it_keeps_to_its_own_nodes_and_cleans_up()
    {
        await using var cluster = await TemporaryControlPlane.StartAsync(cancellation: TestContext.Current.CancellationToken);
        await using var quickstart = new QuickstartFolder(cluster.Plane.KubeconfigPath, "podeip-local");

        var output = await quickstart.UpAsync();
        Assert.Contains("5 of 5 Pods have their addresses", output, StringComparison.Ordinal);
        Assert.Contains("kubectl --context podeip-local", output, StringComparison.Ordinal);
        var nodes = await quickstart.ListAsync(ResourcePath.Core("v1", "nodes"));
        Assert.Equal(["podeip-sim-1", "podeip-sim-2", "podeip-sim-3"], nodes.Select(node => node.Metadata.Name).Order());

        await quickstart.DownAsync();
        Assert.Empty(quickstart.Processes());
        Assert.Empty(await quickstart.ListAsync(ResourcePath.Core("v1", "nodes")));
        Assert.Empty(await quickstart.ListAsync(Pods));
        Assert.Empty(await quickstart.ListAsync(ResourcePath.Group("apps", "v1", "statefulsets")));
        await Eventually.BecomesAsync(
            async _ => await quickstart.ListAsync(ResourcePath.Group("apiextensions.k8s.io", "v1", "customresourcedefinitions")),
            kinds => kinds.Count == 0, cancellation: TestContext.Current.CancellationToken);
    }

    private static string Told(EipClaim claim) => $"{claim.Key} has {claim.Status.PublicIp}";

    private static async Task ADeletedPodKeepsItsAddressAsync(QuickstartFolder quickstart, EipClaim before)
    {
        await quickstart.DeleteAsync(ResourcePath.Core("v1", "pods", before.Metadata.Namespace, before.Metadata.Name));
        var after = await Eventually.BecomesAsync(
            async _ => (await quickstart.ClaimsAsync()).Single(claim => claim.Key == before.Key),
            claim => claim.Status.Phase == ClaimPhase.Bound && claim.Status.PodUid != before.Status.PodUid,
            TimeSpan.FromMinutes(3), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(before.Status.AddressId, after.Status.AddressId);
    }
}
