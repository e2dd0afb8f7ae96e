using PodEip.Api;
using PodEip.CloudSim;
using PodEip.CloudSim.Model;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using System.Globalization;
using Xunit;
using k8s.Models;

namespace PodEip.LifeTests.Cases;

/// <summary>Nodes show what their CVMs can give to Pods, and the real scheduler acts on it.</summary>
[Collection(Stage.Alone)]
public sealed class CapacityTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private const string Resource = Pods.Prefix + "eip";

    /// <summary>What takes a read of absence to be believed, and what a yield lasts when the other is gone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly SceneOptions Options = new() { Name = "capacity", Cvms = 1, Flags = "--node-refresh 2s --machine-limits S1.*=6" };

    [Theory]
    [InlineData(4, false, 1)]
    [InlineData(4, true, 1)]
    [InlineData(16, false, 3)]
    [InlineData(16, true, 3)]
    public async Task A_machine_takes_so_many_Pods_and_the_next_waits_for_a_place(int vcpus, bool hasPublicIp, int places)
    {
        var (scene, space) = await OpenAsync("places", Options);
        await using var machine = await AddAsync(scene, vcpus, hasPublicIp);
        await ShowsAsync(scene, machine.Node, places);
        for (var i = 0; i < places; i++)
        {
            await scene.CreateAsync(space, Pods.New($"pod-{i}").On(machine.Node), Ct);
            await scene.BoundAsync(space, $"pod-{i}", Ct);
        }

        await scene.CreateAsync(space, Pods.New("surplus").On(machine.Node), Ct);
        Output.WriteLine(await PendingAsync(scene, space, "surplus"));
        await scene.DeletePodAsync(space, "pod-0", Ct);
        await scene.BoundAsync(space, "surplus", Ct);
        await ShowsAsync(scene, machine.Node, places);
    }

    [Fact]
    public async Task Addresses_bound_outside_take_places_of_Pods()
    {
        var (scene, space) = await OpenAsync("outside", Options);
        await using var machine = await AddAsync(scene, vcpus: 16);
        await ShowsAsync(scene, machine.Node, 3);
        var eni = scene.Model.CreateEni(machine.Cvm.SubnetId, machine.Cvm.Id);
        var (first, second) = (scene.GiveAddress(), scene.GiveAddress());
        scene.Model.ForceBind(first.Id, machine.Cvm.PrimaryEniId, scene.Model.FindEni(machine.Cvm.PrimaryEniId)!.Ips[0].Ip);
        await machine.RereadAsync();
        await ShowsAsync(scene, machine.Node, 3);
        scene.Model.ForceBind(second.Id, eni.Id, eni.Ips[0].Ip);
        await ShowsAsync(scene, machine.Node, 2);

        await scene.CreateAllAsync(space, Enumerable.Range(0, 2).Select(i => Pods.New($"pod-{i}").On(machine.Node)), Ct);
        await scene.AllBoundAsync(space, 2, Ct);
        await scene.CreateAsync(space, Pods.New("surplus").On(machine.Node), Ct);
        Output.WriteLine(await PendingAsync(scene, space, "surplus"));
        scene.Model.ForceUnbind(second.Id);
        await scene.BoundAsync(space, "surplus", Ct);

        // Three Pods have a place: what is bound outside from now on takes none of theirs away.
        scene.Model.ForceBind(second.Id, eni.Id, eni.Ips[0].Ip);
        await machine.RereadAsync();
        await ShowsAsync(scene, machine.Node, 3);
        await scene.EndPodAsync(space, "surplus", Ct);
        await ShowsAsync(scene, machine.Node, 2);
    }

    [Fact]
    public async Task What_a_kubelet_resets_is_back_within_seconds()
    {
        var (scene, space) = await OpenAsync("reset", Options);
        await using var machine = await AddAsync(scene, vcpus: 16);
        await ShowsAsync(scene, machine.Node, 3);
        await scene.CreateAsync(space, Pods.New("pod").On(machine.Node), Ct);
        await scene.BoundAsync(space, "pod", Ct);
        var uid = (await NodeAsync(scene, machine.Node)).Metadata.Uid;
        foreach (var (what, reset) in ((string, Func<string, bool>)[])[("kubelet restart", scene.Machines.RestartKubelet), ("registration anew", scene.Machines.RegisterAnew)])
        {
            var before = Writes(scene, machine.Node);
            var start = TimeProvider.System.GetTimestamp();
            Assert.True(reset(machine.Node));
            await Eventually.BecomesTrueAsync(() => Writes(scene, machine.Node) > before, description: $"a write after a {what}", cancellation: Ct);
            await ShowsAsync(scene, machine.Node, 3);
            Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: the capacity was back {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.0} s after it was asked for"));
            Assert.Equal(1, Writes(scene, machine.Node) - before);
        }

        Assert.NotEqual(uid, (await NodeAsync(scene, machine.Node)).Metadata.Uid);
        await scene.BoundAsync(space, "pod", Ct);
    }

    [Fact]
    public async Task A_device_plugin_that_keeps_its_own_number_is_left_alone_after_a_few_writes()
    {
        var (scene, _) = await OpenAsync("plugin", Options);
        await using var machine = await AddAsync(scene, vcpus: 16);
        await ShowsAsync(scene, machine.Node, 3);
        var before = Writes(scene, machine.Node);
        scene.Machines.SetDevicePlugin(machine.Node, 7);
        var told = await scene.EventAsync("kube-system", "Node", machine.Node, EventReasons.EIPCapacityContested, Ct);
        Assert.Contains("7 where 3 was to be published", told.Message, StringComparison.Ordinal);
        await ShowsAsync(scene, machine.Node, 7);

        // The plugin's kubelet looks every second, and the machine is read every two: there was time for more.
        await machine.RereadAsync();
        await machine.RereadAsync();
        var writes = Writes(scene, machine.Node) - before;
        Output.WriteLine($"{writes} writes against the plugin, then none");
        Assert.InRange(writes, 1, 3);
        await ShowsAsync(scene, machine.Node, 7);

        scene.Machines.SetDevicePlugin(machine.Node, null);
        await ShowsAsync(scene, machine.Node, 3, Patience);
        Assert.InRange(Writes(scene, machine.Node) - before, 2, 4);
    }

    [Fact]
    public async Task A_Node_that_is_no_CVM_has_none()
    {
        var (scene, _) = await OpenAsync("stranger", Options);
        var name = $"stranger-{Scene.Unique()}";
        await scene.Client.CoreV1.CreateNodeAsync(
            new V1Node
            {
                Metadata = new() { Name = name },
                Spec = new() { ProviderID = "other:///zone/i-0123", Taints = [new V1Taint { Key = "stranger", Effect = "NoSchedule" }] },
                Status = new()
                {
                    Addresses = [new V1NodeAddress { Type = "InternalIP", Address = "192.0.2.77" }],
                    Capacity = new Dictionary<string, ResourceQuantity> { [Resource] = new("5"), ["cpu"] = new("4") },
                    Allocatable = new Dictionary<string, ResourceQuantity> { [Resource] = new("5"), ["cpu"] = new("4") },
                },
            },
            cancellationToken: Ct);
        try
        {
            await ShowsAsync(scene, name, null, Patience);
            Assert.Equal("4", (await NodeAsync(scene, name)).Status.Capacity["cpu"].ToString());
            Assert.Contains("192.0.2.77", (await scene.EventAsync("kube-system", "Node", name, EventReasons.EIPCapacityRemoved, Ct)).Message, StringComparison.Ordinal);
        }
        finally
        {
            await scene.Client.CoreV1.DeleteNodeAsync(name, cancellationToken: CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_machine_type_that_the_operator_names_has_the_limit_he_says()
    {
        var (scene, space) = await OpenAsync("types", Options);
        await using var machine = await AddAsync(scene, vcpus: 4, change: cvm => cvm with { InstanceType = "S1.LARGE8", PublicIpLimit = 6 });
        await ShowsAsync(scene, machine.Node, 5);
        await scene.CreateAllAsync(space, Enumerable.Range(0, 5).Select(i => Pods.New($"pod-{i}").On(machine.Node)), Ct);
        await scene.AllBoundAsync(space, 5, Ct);
    }

    [Fact]
    public async Task Without_the_permission_only_this_is_missing_and_it_heals_when_granted()
    {
        var (scene, space) = await OpenAsync("denied", Options);
        await ShowsAsync(scene, scene.Node(0), 9);
        try
        {
            Deny(scene, "cvm:DescribeInstances");
            await using var machine = await AddAsync(scene, vcpus: 16);
            Assert.Contains("DescribeInstances", (await scene.EventAsync("kube-system", "Node", machine.Node, EventReasons.EIPCapacityUnknown, Ct)).Message, StringComparison.Ordinal);
            await ShowsAsync(scene, machine.Node, null);
            await scene.CreateAsync(space, Pods.New("pod").On(scene.Node(0)), Ct);
            await scene.BoundAsync(space, "pod", Ct);
            await ShowsAsync(scene, scene.Node(0), 9);
            Deny(scene);
            await ShowsAsync(scene, machine.Node, 3);
        }
        finally
        {
            Deny(scene);
        }
    }

    private static async Task<AddedMachine> AddAsync(Scene scene, int vcpus, bool hasPublicIp = false, Func<Cvm, Cvm>? change = null)
    {
        var subnet = scene.Cvms[0].SubnetId;
        var cvm = scene.Model.CreateCvm(subnet, vcpus, name: $"cap-{Scene.Unique()}", withPublicIp: hasPublicIp);
        cvm = change is null ? cvm : scene.Model.ChangeCvm(cvm.Id, change);
        scene.Machines.Refresh();
        await Eventually.BecomesTrueAsync(() => scene.Machines.Machines.Any(machine => machine.Node == cvm.Name), cancellation: Ct);
        return new AddedMachine(scene, cvm);
    }

    private static async Task<V1Node> NodeAsync(Scene scene, string node) => await scene.Client.CoreV1.ReadNodeAsync(node, cancellationToken: Ct);

    /// <summary>Waits until the Node shows that many, in both places; null for none.</summary>
    private static Task ShowsAsync(Scene scene, string node, int? places, TimeSpan? limit = null) => Eventually.BecomesAsync(
        async token =>
        {
            var found = (await scene.Client.CoreV1.ListNodeAsync(fieldSelector: $"metadata.name={node}", cancellationToken: token)).Items.SingleOrDefault();
            return found is null ? "no Node" : $"{Quantity(found.Status.Capacity)}/{Quantity(found.Status.Allocatable)}";
        },
        seen => seen == (places is { } count ? string.Create(CultureInfo.InvariantCulture, $"{count}/{count}") : "none/none"),
        limit, $"{node} to show {places?.ToString(CultureInfo.InvariantCulture) ?? "none"}", Ct);

    private static string Quantity(IDictionary<string, ResourceQuantity>? resources) =>
        resources is not null && resources.TryGetValue(Resource, out var quantity) ? quantity.ToString() : "none";

    /// <summary>Waits until the scheduler has said why the Pod has no place.</summary>
    private static async Task<string> PendingAsync(Scene scene, string space, string name) => (await Eventually.BecomesAsync(
        async token => (await scene.Client.CoreV1.ReadNamespacedPodAsync(name, space, cancellationToken: token)).Status.Conditions?.FirstOrDefault(c => c is { Type: "PodScheduled", Status: "False" })?.Message,
        message => message?.Contains($"Insufficient {Resource}", StringComparison.Ordinal) is true, description: $"{name} to be Pending", cancellation: Ct))!;

    private static int Writes(Scene scene, string node) => scene.Lines.Count(line => line.Contains($"Node {node}: {Resource} is ", StringComparison.Ordinal));

    private static void Deny(Scene scene, params string[] actions)
    {
        var access = scene.Model.Access;
        access.SetKey(access.Find(CloudSimOptions.DefaultSecretId)! with { Deny = actions });
    }

    /// <summary>A machine of one test.</summary>
    private sealed class AddedMachine(Scene scene, Cvm cvm) : IAsyncDisposable
    {
        public Cvm Cvm => cvm;

        public string Node => cvm.Name;

        /// <summary>Waits until the controller has read machines and ENIs once more.</summary>
        public async Task RereadAsync()
        {
            for (var i = 0; i < 2; i++)
            {
                var seen = scene.Calls.Read("DescribeInstances").Count;
                await Eventually.BecomesTrueAsync(() => scene.Calls.Read("DescribeInstances").Count > seen, cancellation: Ct);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var space in scene.Namespaces)
            {
                var pods = (await scene.Client.CoreV1.ListNamespacedPodAsync(space, fieldSelector: $"spec.nodeName={Node}")).Items;
                foreach (var pod in pods)
                {
                    await scene.EndPodAsync(space, pod.Metadata.Name, CancellationToken.None);
                }
            }

            scene.Model.TerminateCvm(cvm.Id);
            scene.Machines.Refresh();
            await Eventually.BecomesTrueAsync(() => scene.Machines.Machines.All(machine => machine.Node != Node));
        }
    }
}
