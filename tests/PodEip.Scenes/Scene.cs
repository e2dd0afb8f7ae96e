using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Api;
using PodEip.CloudSim;
using PodEip.CloudSim.Control;
using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Machines;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Access;
using PodEip.Controller.Cluster;
using PodEip.Dev.ControlPlane;
using PodEip.Kubernetes.Api;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;
using k8s.Models;

namespace PodEip.Scenes;

/// <summary>A simulated cloud, its machines as Nodes of the control plane, and the controller between them.</summary>
internal sealed partial class Scene : IAsyncDisposable
{
    private readonly LocalControlPlane _plane;
    private readonly KubeConnection _connection;
    private readonly List<string> _namespaces = [];
    private readonly List<ControllerRun> _replicas = [];
    private readonly CancellationTokenSource _leave = new();
    private Task _machinesRun = Task.CompletedTask;
    private string[] _flags = [];

    private Scene(LocalControlPlane plane, SceneOptions options, CloudSimHost cloud)
    {
        (_plane, Options, Cloud) = (plane, options, cloud);
        _connection = KubeConnection.Create(plane.KubeconfigPath, context: null);
        Api = new KubeApi(_connection, TimeProvider.System, NullLogger.Instance);
        Client = ControlPlaneFixture.ClientFor(plane.KubeconfigPath);
        Machines = new MachineFleet(Api, cloud.Model, settings: null, options.Delays, TimeProvider.System, NullLogger.Instance);
    }

    public SceneOptions Options { get; }

    /// <summary>The control plane. Only where it is not shared may its parts be stopped.</summary>
    public LocalControlPlane Plane => _plane;

    /// <summary>The cloud, with its call log and faults.</summary>
    public CloudSimHost Cloud { get; }

    /// <summary>What the cloud really holds.</summary>
    public CloudModel Model => Cloud.Model;

    /// <summary>The calls that reached the cloud.</summary>
    public CallLog Calls => Cloud.Gate.Calls;

    public MachineFleet Machines { get; }

    /// <summary>Namespaces made for it.</summary>
    public IReadOnlyList<string> Namespaces
    {
        get
        {
            lock (_namespaces)
            {
                return [.. _namespaces];
            }
        }
    }

    /// <summary>May do everything.</summary>
    public k8s.Kubernetes Client { get; }

    /// <summary>The same, for claims.</summary>
    public KubeApi Api { get; }

    public ControllerRun Controller { get; private set; } = null!;

    public IReadOnlyList<Cvm> Cvms { get; private set; } = [];

    public static async Task<Scene> OpenAsync(LocalControlPlane plane, SceneOptions options, CancellationToken cancellation)
    {
        var tail = Unique();
        var cloud = await CloudSimHost.StartAsync(
            new CloudSimOptions
            {
                Settings = options.Cloud,
                RateMultiplier = options.Rates,
                Seed = CloudSeed.Default with { Cvms = [.. Enumerable.Range(0, options.Cvms).Select(i => new NewCvm { Name = string.Create(CultureInfo.InvariantCulture, $"{options.Name}-{tail}-{i}"), Cpu = options.Cpu, PublicIpLimit = options.PublicIpsPerCvm })] },
            },
            cancellation);
        var scene = new Scene(plane, options, cloud);
        try
        {
            scene.Cvms = cloud.Model.Cvms;
            scene._machinesRun = scene.Machines.RunAsync(scene._leave.Token);
            var home = await scene.NamespaceAsync("home", cancellation);
            await scene.InstallCrdAsync(cancellation);
            scene._flags =
            [
                "--kubeconfig", options.IsAdministrator ? plane.KubeconfigPath : await ControllerRights.GrantAsync(plane, scene.Api, home, cancellation),
                "--cluster-id", $"cls-{tail}",
                "--region", cloud.Model.Settings.Region,
                "--cloud-endpoint", cloud.Endpoint.ToString(),
                "--namespace", home,
                "--listen", "127.0.0.1:0",
                "--log-level", options.LogLevel,
                "--rate-multiplier", options.Rates.ToString(CultureInfo.InvariantCulture),
                "--permission-retry", "1s",
                "--surplus-grace", "1s",
                "--sweep-budget", options.SweepBudget.ToString(CultureInfo.InvariantCulture),
                "--resync", options.Resync,
                .. options.PublicIpsPerCvm is { } limit ? (string[])["--public-ip-limits", string.Create(CultureInfo.InvariantCulture, $"1={limit}")] : [],
                .. options.Flags.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            ];
            scene.Controller = options.Role is { } role ? scene.WithRole(role) : new ControllerRun(scene._flags, cloud.Model.Access.Find(CloudSimOptions.DefaultSecretId)!, options.ControllerFile);
            scene.Controller.Start();
            await scene.Machines.Joined.WaitAsync(Eventually.DefaultLimit, TimeProvider.System, cancellation);
            await scene.Controller.ReadyAsync(cancellation);
            await scene.OffersAsync(cancellation);
            return scene;
        }
        catch
        {
            await scene.EndAsync();
            throw;
        }
    }

    /// <summary>Eight characters that no other name has.</summary>
    public static string Unique() => Guid.NewGuid().ToString("N")[..8];

    /// <summary>Makes a namespace of a name used once, and waits until it takes Pods.</summary>
    public async Task<string> NamespaceAsync(string hint, CancellationToken cancellation)
    {
        var name = $"{hint}-{Unique()}";
        await Client.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new() { Name = name } }, cancellationToken: cancellation);
        await _plane.WaitForNamespaceAsync(name, cancellation);
        lock (_namespaces)
        {
            _namespaces.Add(name);
        }

        return name;
    }

    /// <summary>One more controller of this cluster, with a key pair of its own; not started.</summary>
    public ControllerRun Replica(string name)
    {
        var key = new KeyPair($"AKID{name}", CloudSimOptions.DefaultSecretKey, ["*"]);
        Model.Access.SetKey(key);
        var replica = new ControllerRun(_flags, key);
        _replicas.Add(replica);
        return replica;
    }

    /// <summary>Puts a given address into the cloud.</summary>
    public ElasticAddress GiveAddress(string? id = null) => Model.AddAddress(id ?? $"eip-{Unique()}");

    /// <summary>Waits until every Node offers addresses, as those of a cluster that has been up for a while do: Pods that come earlier go through the scheduler's back-off.</summary>
    private async Task OffersAsync(CancellationToken cancellation) => await Eventually.BecomesAsync(
        async token => (await Client.CoreV1.ListNodeAsync(cancellationToken: token)).Items,
        nodes => Cvms.All(cvm => nodes.Any(node => node.Metadata.Name == cvm.Name && node.Status.Allocatable.ContainsKey(Pods.Prefix + "eip"))),
        description: "every Node to offer addresses", cancellation: cancellation);

    /// <summary>Applies the CRD, as an administrator does: the controller has no right to.</summary>
    public async Task InstallCrdAsync(CancellationToken cancellation)
    {
        await Api.PatchAsync(Manifests.CrdPath(PodEipNames.CrdName), PatchKind.Apply, ClaimCrd.Manifest(), TestJson.Default.JsonObject, cancellation);
        await Eventually.BecomesTrueAsync(
            async token => (await Api.GetAsync(Manifests.CrdPath(PodEipNames.CrdName), ClusterJson.Default.CrdObject, token))?.Serves(PodEipNames.Version) is true, description: "the CRD to be served", cancellation: cancellation);
    }

    private ControllerRun WithRole(string role)
    {
        Model.Access.SetRole(new Role(role, ["*"]));
        Model.Access.MetadataRole = role;
        return new ControllerRun([.. _flags, "--metadata-endpoint", Cloud.MetadataEndpoint.ToString()], key: null);
    }

    /// <summary>Ends what this process holds of it; the objects stay in the cluster.</summary>
    public async Task EndAsync()
    {
        if (Controller is not null)
        {
            await StopControllersAsync();
            foreach (var controller in (ControllerRun[])[Controller, .. _replicas])
            {
                await controller.DisposeAsync();
            }
        }

        await _leave.CancelAsync();
        try
        {
            await _machinesRun;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }

        Machines.Dispose();
        Client.Dispose();
        _connection.Dispose();
        _leave.Dispose();
        await Cloud.DisposeAsync();
    }

    /// <summary>Leaves the cluster as it was, for the next scene.</summary>
    public async ValueTask DisposeAsync()
    {
        await EmptyAsync();
        await StopControllersAsync();
        foreach (var cvm in Model.Cvms)
        {
            Model.TerminateCvm(cvm.Id);
        }

        Machines.Refresh();
        await Eventually.BecomesTrueAsync(() => Machines.Machines.Count == 0);
        await EndAsync();
    }

    private Task StopControllersAsync() => Task.WhenAll(((ControllerRun[])[Controller, .. _replicas]).Select(controller => controller.StopAsync()));
}
