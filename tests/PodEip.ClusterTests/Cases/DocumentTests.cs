using System.Text;
using System.Text.RegularExpressions;
using PodEip.CloudSim.Model;
using PodEip.Dev;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.ClusterTests.Cases;

/// <summary>The two StatefulSets of the user's document, from the samples; only the namespace is the test's.</summary>
public sealed partial class DocumentTests(Stage stage) : SharedScene(stage)
{
    [Fact]
    public async Task The_first_one_gets_a_new_address_and_keeps_it()
    {
        var (scene, space) = await OpenAsync("document");
        await ApplyAsync(scene, space, "automatic.yaml");
        var first = await scene.BoundAsync(space, "busybox-0", Ct);
        Assert.Equal((100, "BGP", "TRAFFIC_POSTPAID_BY_HOUR", "EIP"), (first.Address!.Bandwidth, first.Address.Isp, first.Address.ChargeType, first.Address.Type));

        await scene.DeletePodAsync(space, "busybox-0", Ct);
        var again = await scene.SeesAsync(space, "busybox-0", sight => sight.IsBound && sight.Pod!.Metadata.Uid != first.Pod!.Metadata.Uid, Ct);
        Assert.Equal((first.Address.Id, first.PublicIp), (again.Address!.Id, again.PublicIp));
        Assert.Equal(first.Claim!.Metadata.Uid, again.Claim!.Metadata.Uid);
    }

    [Fact]
    public async Task The_second_ones_replicas_take_the_given_addresses_in_their_order()
    {
        var (scene, space) = await OpenAsync("document");
        scene.GiveAddress("eip-xxx1");
        scene.GiveAddress("eip-xxx2");
        await ApplyAsync(scene, space, "given.yaml");
        Assert.Equal("eip-xxx1", (await scene.BoundAsync(space, "busybox-0", Ct)).Address!.Id);
        Assert.Equal("eip-xxx2", (await scene.BoundAsync(space, "busybox-1", Ct)).Address!.Id);

        await scene.Client.AppsV1.DeleteNamespacedStatefulSetAsync("busybox", space, cancellationToken: Ct);
        await scene.GoneAsync(space, "busybox-0", Ct);
        await scene.GoneAsync(space, "busybox-1", Ct);
        foreach (var id in (string[])["eip-xxx1", "eip-xxx2"])
        {
            await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(id) is { Status: AddressStatus.Unbind }, cancellation: Ct);
            Assert.Empty(scene.Model.FindAddress(id)!.Tags);
        }
    }

    private static async Task ApplyAsync(Scene scene, string space, string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "deploy", "samples", file), Ct);
        var set = text.Split("---").Single(part => part.Contains("kind: StatefulSet", StringComparison.Ordinal));
        set = NamespaceLine().Replace(set, $"namespace: {space}");
        var path = ResourcePath.Group("apps", "v1", "statefulsets", space, "busybox");
        await scene.Api.PatchAsync(path, PatchKind.Apply, Encoding.UTF8.GetBytes(set), KubernetesJsonContext.Default.PartialObject, Ct);
    }

    [GeneratedRegex(@"namespace: \S+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NamespaceLine();
}
