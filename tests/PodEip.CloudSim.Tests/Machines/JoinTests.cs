using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using PodEip.CloudSim.Control;
using PodEip.CloudSim.Machines;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;

namespace PodEip.CloudSim.Tests.Machines;

/// <summary>Machines as a part of the running simulator.</summary>
public sealed class JoinTests(ControlPlaneFixture cluster)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_simulator_that_joins_shows_and_moves_its_machines_through_the_control_interface()
    {
        var plane = await cluster.StartedAsync(Ct);
        var client = await cluster.AdminAsync(Ct);
        var node = $"join-{Guid.NewGuid().ToString("N")[..8]}";
        var seed = CloudSeed.Default with { Cvms = [new NewCvm { SubnetId = "subnet-podeip01", Cpu = 4, Name = node }] };
        var options = new CloudSimOptions { Seed = seed, Join = new MachineJoin { Kubeconfig = plane.KubeconfigPath } };
        await using var host = await CloudSimHost.StartAsync(options, Ct);
        using var control = new HttpClient { BaseAddress = host.ControlEndpoint };

        var machine = Assert.Single((await control.GetFromJsonAsync<JsonArray>("machines", Ct))!)!;
        Assert.Equal((node, true), ((string)machine["node"]!, (bool)machine["isUp"]!));
        Assert.DoesNotContain("tke.cloud.tencent.com/eip", (await client.CoreV1.ReadNodeAsync(node, cancellationToken: Ct)).Status.Capacity.Keys);

        await PostAsync(control, $"machines/{node}/lose", HttpStatusCode.OK);
        await ReadyAsync("Unknown");
        await PostAsync(control, $"machines/{node}/return", HttpStatusCode.OK);
        await ReadyAsync("True");
        await PostAsync(control, "machines/nobody/lose", HttpStatusCode.NotFound);

        await PluginAsync(node, 7, HttpStatusCode.OK);
        await EipsAsync("7");
        await PostAsync(control, $"machines/{node}/restart-kubelet", HttpStatusCode.OK);
        await EipsAsync("7");
        await PluginAsync(node, null, HttpStatusCode.OK);
        await EipsAsync("0");
        await PostAsync(control, $"machines/{node}/register-anew", HttpStatusCode.OK);
        await EipsAsync(null);
        await PluginAsync(node, -1, HttpStatusCode.BadRequest);
        await PluginAsync("nobody", 1, HttpStatusCode.NotFound);

        var delays = await control.PatchAsJsonAsync("machine-delays", new JsonObject { ["stop"] = 2.5 }, Ct);
        Assert.Equal(2.5, (double)(await delays.Content.ReadFromJsonAsync<JsonObject>(Ct))!["stop"]!);
        Assert.Equal(TimeSpan.FromSeconds(2.5), host.Machines!.Delays.Stop);
        var bad = await control.PatchAsJsonAsync("machine-delays", new JsonObject { ["remove"] = -1 }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains("remove", await bad.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        host.Model.TerminateCvm(host.Model.Cvms[0].Id);
        await Eventually.BecomesTrueAsync(() => host.Machines.Machines.Count == 0);

        async Task PluginAsync(string of, int? eips, HttpStatusCode expected) =>
            Assert.Equal(expected, (await control.PutAsJsonAsync($"machines/{of}/device-plugin", new JsonObject { ["eips"] = eips }, Ct)).StatusCode);

        Task EipsAsync(string? number) => Eventually.BecomesAsync(
            async token => (await client.CoreV1.ListNodeAsync(fieldSelector: $"metadata.name={node}", cancellationToken: token)).Items.SingleOrDefault(),
            seen => seen is not null && (seen.Status.Allocatable.TryGetValue("tke.cloud.tencent.com/eip", out var eips) ? eips.ToString() : null) == number,
            description: $"{number ?? "no"} eip",
            cancellation: Ct);

        Task ReadyAsync(string status) => Eventually.BecomesAsync(
            async token => (await client.CoreV1.ReadNodeAsync(node, cancellationToken: token)).Status.Conditions.Single(c => c.Type == "Ready").Status,
            seen => seen == status,
            description: $"Ready to be {status}",
            cancellation: Ct);
    }

    [Fact]
    public async Task A_Node_registered_anew_has_nothing_of_a_plugin_that_ended_in_the_same_moment()
    {
        var plane = await cluster.StartedAsync(Ct);
        var client = await cluster.AdminAsync(Ct);
        var node = $"join-{Guid.NewGuid().ToString("N")[..8]}";
        var seed = CloudSeed.Default with { Cvms = [new NewCvm { SubnetId = "subnet-podeip01", Cpu = 4, Name = node }] };
        var options = new CloudSimOptions { Seed = seed, Join = new MachineJoin { Kubeconfig = plane.KubeconfigPath } };
        await using var host = await CloudSimHost.StartAsync(options, Ct);
        var first = (await client.CoreV1.ReadNodeAsync(node, cancellationToken: Ct)).Metadata.Uid;

        host.Machines!.SetDevicePlugin(node, 7);
        await BecomesAsync(seen => seen.Status.Allocatable.ContainsKey("tke.cloud.tencent.com/eip"));
        host.Machines.SetDevicePlugin(node, eips: null);
        host.Machines.RegisterAnew(node);
        await BecomesAsync(seen => seen.Metadata.Uid != first);

        // A turn of the keeper that comes after everything it did to the new Node at first.
        host.Machines.Lose(node);
        await BecomesAsync(seen => seen.Status.Conditions.Single(c => c.Type == "Ready").Status == "Unknown");
        Assert.DoesNotContain("tke.cloud.tencent.com/eip", (await client.CoreV1.ReadNodeAsync(node, cancellationToken: Ct)).Status.Allocatable.Keys);

        Task BecomesAsync(Predicate<V1Node> accept) => Eventually.BecomesAsync(
            async token => (await client.CoreV1.ListNodeAsync(fieldSelector: $"metadata.name={node}", cancellationToken: token)).Items.SingleOrDefault(),
            seen => seen is not null && accept(seen),
            cancellation: Ct);
    }

    [Fact]
    public async Task Without_a_cluster_there_are_no_machines_and_a_cluster_that_is_not_there_is_named()
    {
        await using var alone = await CloudSimHost.StartAsync(new CloudSimOptions(), Ct);
        using var control = new HttpClient { BaseAddress = alone.ControlEndpoint };
        var answer = await control.GetAsync(new Uri("machines", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("--join", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        var missing = await Assert.ThrowsAsync<IOException>(() => CloudSimHost.StartAsync(new CloudSimOptions { Join = new MachineJoin { Kubeconfig = "/nowhere/kubeconfig" } }, Ct));
        Assert.Contains("/nowhere/kubeconfig", missing.Message, StringComparison.Ordinal);
    }

    private static async Task PostAsync(HttpClient control, string path, HttpStatusCode expected)
        => Assert.Equal(expected, (await control.PostAsync(new Uri(path, UriKind.Relative), content: null, Ct)).StatusCode);
}
