using PodEip.Dev;
using PodEip.NodeTests.Cloud;
using PodEip.NodeTests.Packets;
using Xunit;

namespace PodEip.NodeTests.Scheduling;

/// <summary>The two StatefulSets of Tencent's document, as it has them, on real nodes.</summary>
public sealed class UserManifestTests(RealCluster cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_StatefulSets_Pod_gets_an_address_and_the_next_Pod_of_its_name_gets_it_back()
    {
        await cluster.StartedAsync(Stop);
        await ApplyAsync("automatic.yaml");
        try
        {
            var eip = await Slots.BoundAsync(cluster, "default", "busybox-0", Stop);
            await ExpectAsync("document's first YAML, kubectl exec wget", "default", "busybox-0", eip);
            await cluster.Kubectl.RunAsync(["delete", "pod", "busybox-0", "--grace-period=1", "--timeout=120s"], cancellation: Stop);
            Assert.Equal(eip, await Slots.BoundAsync(cluster, "default", "busybox-0", Stop));
            await ExpectAsync("the same, the next Pod of that name", "default", "busybox-0", eip);
        }
        finally
        {
            await DeleteAsync("automatic.yaml", "default", ["busybox-0"]);
        }
    }

    [Fact]
    public async Task The_second_StatefulSets_replicas_get_the_addresses_of_their_list_in_order()
    {
        await cluster.StartedAsync(Stop);
        await ApplyAsync("given.yaml");
        try
        {
            foreach (var (pod, id) in new[] { ("busybox-0", SeededCloud.GivenIds[0]), ("busybox-1", SeededCloud.GivenIds[1]) })
            {
                var eip = await Slots.BoundAsync(cluster, "given", pod, Stop);
                Assert.Equal(cluster.Cloud.Model.FindAddress(id)!.PublicIp, eip);
                await ExpectAsync($"document's second YAML, {pod}, kubectl exec wget", "given", pod, eip);
            }
        }
        finally
        {
            await DeleteAsync("given.yaml", "given", ["busybox-0", "busybox-1"]);
        }
    }

    private Task ApplyAsync(string file) => cluster.Kubectl.RunAsync(["apply", "-f", Sample(file)], cancellation: Stop);

    // Fixed claims outlive their workload, so they are deleted by hand, as the document has it.
    private async Task DeleteAsync(string file, string scope, string[] pods)
    {
        var alone = TestContext.Current.CancellationToken.IsCancellationRequested ? CancellationToken.None : Stop;
        await cluster.Kubectl.RunAsync(["delete", "statefulset", "busybox", "-n", scope, "--cascade=foreground", "--wait=false", "--ignore-not-found"], cancellation: alone);
        await cluster.Kubectl.RunAsync(["delete", "pods", .. pods, "-n", scope, "--grace-period=1", "--timeout=120s", "--ignore-not-found"], cancellation: alone);
        await cluster.Kubectl.RunAsync(["delete", "eipc", .. pods, "-n", scope, "--timeout=120s", "--ignore-not-found"], cancellation: alone);
        await cluster.Kubectl.RunAsync(["delete", "-f", Sample(file), "--ignore-not-found", "--timeout=120s"], cancellation: alone);
    }

    private async Task ExpectAsync(string path, string scope, string pod, string expected) => cluster.Paths.Expect(
        path, expected, (await cluster.Kubectl.ExecAsync(scope, pod, $"timeout 5 wget -q -O - http://{SeededCloud.World}/{pod} || echo {PacketScene.Nothing}", Stop)).Trim());

    private static string Sample(string file) => Path.Combine(Checkout.Root, "deploy", "samples", file);
}
