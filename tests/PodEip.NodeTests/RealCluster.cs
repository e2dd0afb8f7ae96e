using System.Text.Json.Nodes;
using PodEip.CloudSim;
using PodEip.Dev;
using PodEip.Dev.ControlPlane;
using PodEip.NodeTests.Cloud;
using PodEip.NodeTests.Hosts;
using PodEip.NodeTests.Packets;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Processes;
using PodEip.TestKit.Waiting;

namespace PodEip.NodeTests;

/// <summary>
/// A whole cluster: the simulated cloud with its network, a control plane on that network, two real nodes on CVMs, and our controller. Started by the
/// first test that asks for it.
/// </summary>
public sealed class RealCluster : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("podeip-e2e-").FullName;
    private readonly Stack<IAsyncDisposable> _parts = new();
    private bool _started;

    internal CloudSimHost Cloud { get; private set; } = null!;

    internal LocalControlPlane Plane { get; private set; } = null!;

    internal Kubectl Kubectl { get; private set; } = null!;

    internal ImageRegistry Registry { get; private set; } = null!;

    internal KubeNode Small { get; private set; } = null!;

    internal KubeNode Large { get; private set; } = null!;

    internal ProcessUnderTest Controller { get; private set; } = null!;

    internal IReadOnlyList<KubeNode> Nodes => [Small, Large];

    internal PathTable Paths { get; } = new();

    internal async Task<RealCluster> StartedAsync(CancellationToken cancellation)
    {
        Room.Require();
        await _starting.WaitAsync(cancellation);
        try
        {
            if (!_started)
                await StartAsync(cancellation);
            _started = true;
            return this;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>The public IP that what a node masquerades leaves with.</summary>
    internal string WayOut(KubeNode node) => Cloud.Model.Addresses.First(address => address.PrivateIp == node.Shape.EniIp && address.IsBound).PublicIp!;

    /// <summary>The public IP of a node's own private IP.</summary>
    internal string OrdinaryIp(KubeNode node) => Cloud.Model.Addresses.First(address => address.PrivateIp == node.Shape.Ip && address.IsBound).PublicIp!;

    /// <summary>Waits until the network is as the model says now.</summary>
    internal Task SettledAsync(CancellationToken cancellation)
    {
        var version = Cloud.Model.Version;
        return Eventually.BecomesTrueAsync(() => Cloud.NetworkVersion >= version, description: "the network to follow the model", cancellation: cancellation);
    }

    /// <summary>Makes a namespace of a name used once, which takes Pods.</summary>
    internal async Task<string> CreateNamespaceAsync(string hint, CancellationToken cancellation)
    {
        var name = $"{hint}-{Guid.NewGuid().ToString("N")[..6]}";
        await Kubectl.RunAsync(["create", "namespace", name], input: null, cancellation);
        await Plane.WaitForNamespaceAsync(name, cancellation);
        return name;
    }

    /// <summary>Ends everything, the last started first.</summary>
    public async ValueTask DisposeAsync()
    {
        Paths.Write();
        if (_started)
        {
            ProcessLogs.Keep(Controller);
            await File.WriteAllTextAsync(Path.Combine(ProcessLogs.Folder, "events.log"), (await Kubectl.TryAsync(["get", "events", "-A", "--sort-by=.lastTimestamp"])).Output);
        }

        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
        _starting.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        ProcessLogs.Clear();
        var assets = await KubeAssets.LocateAsync(withNode: true, Console.Error.WriteLine, cancellation);
        Cloud = Keep(await SeededCloud.StartAsync(cancellation));
        // The API server is no node: it has a leg on the VPC's router, by which it reaches nodes and Pods, and no kube-proxy, so no Service has its address there.
        // So it calls a webhook's Service by its endpoints, which are Pods' IPs, as a managed control plane on the VPC does.
        string[] flags = ["--kubelet-preferred-address-types=InternalIP", "--enable-aggregator-routing=true"];
        var plane = Keep(await TemporaryControlPlane.StartAsync(options => options with { BindAddress = SeededCloud.Control, AssetsFolder = assets, ApiServerArguments = flags }, cancellation));
        Plane = plane.Plane;
        Kubectl = new Kubectl(Plane.KubeconfigPath);
        Registry = Keep(await ImageRegistry.StartAsync(Path.Combine(_folder, "registry"), SeededCloud.Control, cancellation));
        Small = Keep(await KubeNode.StartAsync(NodeShape.Small, Plane, assets, Path.Combine(_folder, "node-1"), Registry.Endpoint, cancellation));
        Large = Keep(await KubeNode.StartAsync(NodeShape.Large, Plane, assets, Path.Combine(_folder, "node-2"), Registry.Endpoint, cancellation));
        await Kubectl.RunAsync(["apply", "-k", Path.Combine(Checkout.Root, "deploy", "crd")], input: null, cancellation);
        Controller = Keep(StartController());
        foreach (var node in Nodes)
            await ReadyAsync(node, cancellation);
    }

    /// <summary>Runs the controller with more flags from now on.</summary>
    internal async Task RestartControllerAsync(params string[] flags)
    {
        await StopControllerAsync();
        Controller = Keep(StartController(flags));
    }

    /// <summary>Ends the controller, for another to take its place.</summary>
    internal async Task StopControllerAsync()
    {
        if (Controller.HasEnded)
            return;
        ProcessLogs.Keep(Controller);
        await Controller.TerminateAsync();
    }

    private ProcessUnderTest StartController(params string[] flags) => ProcessUnderTest.Start(
        "podeip-controller",
        ["--cluster-id", "cls-e2e00001", "--region", "ap-guangzhou", "--cloud-endpoint", SeededCloud.AddressOf(Cloud).AbsoluteUri, "--kubeconfig", Plane.KubeconfigPath, "--listen", "127.0.0.1:0", "--node-refresh", "5s", .. flags],
        new Dictionary<string, string?>
        {
            ["TENCENTCLOUD_SECRET_ID"] = CloudSimOptions.DefaultSecretId,
            ["TENCENTCLOUD_SECRET_KEY"] = CloudSimOptions.DefaultSecretKey,
        });

    /// <summary>Waits until a node is ready, and offers the private IPs of its ENI, as VPC-CNI does: until there is one of our own, the test does.</summary>
    internal async Task ReadyAsync(KubeNode node, CancellationToken cancellation)
    {
        try
        {
            await Eventually.BecomesAsync(
                async token => (await Kubectl.FindAsync("node", node.Shape.Name, "default", token))?["status"]?["conditions"]?.AsArray()
                    .FirstOrDefault(condition => condition!["type"]!.GetValue<string>() == "Ready")?["status"]?.GetValue<string>() ?? "no such condition",
                status => status == "True", TimeSpan.FromMinutes(3), $"{node.Shape.Name} to be ready", cancellation);
        }
        catch (EventuallyException e)
        {
            throw new InvalidOperationException($"{e.Message}\nkubelet's output ends:\n{string.Join('\n', node.KubeletLog.Split('\n').TakeLast(40))}", e);
        }

        var ips = new JsonObject { ["tke.cloud.tencent.com/eni-ip"] = "14" };
        await Kubectl.PatchNodeStatusAsync(node.Shape.Name, new JsonObject { ["status"] = new JsonObject { ["capacity"] = ips, ["allocatable"] = ips.DeepClone() } }, cancellation);
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }
}
