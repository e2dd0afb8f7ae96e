using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.CloudSim.Machines;
using PodEip.CloudSim.Model;
using PodEip.Kubernetes.Api;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;

namespace PodEip.CloudSim.Tests.Machines;

/// <summary>A cloud with CVMs, joined to the shared control plane. Its zone is its own, and its Pods are kept to it.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly KubeConnection _connection;
    private CancellationTokenSource _leave = new();
    private Task _running = Task.CompletedTask;

    private Fleet(k8s.Kubernetes client, KubeConnection connection, string space, CloudModel model, IReadOnlyList<Cvm> cvms, string zone)
        => (Client, _connection, Space, Model, Cvms, Zone) = (client, connection, space, model, cvms, zone);

    public k8s.Kubernetes Client { get; }

    public string Space { get; }

    public CloudModel Model { get; }

    public IReadOnlyList<Cvm> Cvms { get; }

    public string Zone { get; }

    public MachineFleet Machines { get; private set; } = null!;

    /// <summary>Fast, so that tests of other things do not wait for it.</summary>
    public static MachineDelays Quick { get; } = new()
    {
        Ip = TimeSpan.FromMilliseconds(10),
        Start = TimeSpan.FromMilliseconds(10),
        Stop = TimeSpan.FromMilliseconds(10),
        Sandbox = TimeSpan.FromMilliseconds(10),
        Remove = TimeSpan.FromMilliseconds(10),
    };

    public static async Task<Fleet> StartAsync(ControlPlaneFixture cluster, int machines = 1, int cpu = 48, MachineSettings? settings = null, MachineDelays? delays = null, CancellationToken ct = default)
    {
        var plane = await cluster.StartedAsync(ct);
        var space = await cluster.CreateNamespaceAsync("fleet", ct);
        var model = new CloudModel(TimeProvider.System);
        var vpc = model.CreateVpc("10.0.0.0/16");
        var subnet = model.CreateSubnet(vpc.Id, "10.0.0.0/20", space);
        var cvms = Enumerable.Range(0, machines).Select(i => model.CreateCvm(subnet.Id, cpu, name: $"{space}-{i}")).ToList();
        var fleet = new Fleet(await cluster.AdminAsync(ct), KubeConnection.Create(plane.KubeconfigPath, context: null), space, model, cvms, space);
        await fleet.JoinAsync(settings, delays);
        return fleet;
    }

    /// <summary>Replaces the machines' process by a new one over the same cloud.</summary>
    public async Task RestartAsync(MachineSettings? settings = null, MachineDelays? delays = null)
    {
        await LeaveAsync();
        await JoinAsync(settings, delays);
    }

    public V1Pod Pod(string name, string? networks = "tke-route-eni", bool fixedIp = false, int machine = -1, Action<V1Pod>? change = null)
    {
        var pod = new V1Pod { Metadata = Meta(name, networks, fixedIp), Spec = Spec() };
        if (machine >= 0)
        {
            pod.Spec.NodeSelector["kubernetes.io/hostname"] = Cvms[machine].Name;
        }

        change?.Invoke(pod);
        return pod;
    }

    public static V1ObjectMeta Meta(string name, string? networks = "tke-route-eni", bool fixedIp = false)
    {
        var annotations = new Dictionary<string, string>();
        if (networks is not null)
        {
            annotations["tke.cloud.tencent.com/networks"] = networks;
        }

        if (fixedIp)
        {
            annotations["tke.cloud.tencent.com/vpc-ip-claim-delete-policy"] = "Never";
        }

        return new V1ObjectMeta { Name = name, Annotations = annotations };
    }

    public V1PodSpec Spec(params (string Resource, string Quantity)[] requests)
    {
        var resources = requests.ToDictionary(r => "tke.cloud.tencent.com/" + r.Resource, r => new ResourceQuantity(r.Quantity));
        return new V1PodSpec
        {
            NodeSelector = new Dictionary<string, string> { ["topology.kubernetes.io/zone"] = Zone },
            Containers = [new V1Container { Name = "main", Image = "busybox", Resources = new V1ResourceRequirements { Requests = resources, Limits = resources } }],
            TerminationGracePeriodSeconds = 30,
        };
    }

    public Task<V1Pod> CreateAsync(V1Pod pod, CancellationToken ct) => Client.CoreV1.CreateNamespacedPodAsync(pod, Space, cancellationToken: ct);

    public Task<V1Pod> RunningAsync(string name, CancellationToken ct) => PodAsync(name, pod => pod.Status.Phase == "Running" && Condition(pod, "Ready") == "True", ct);

    public Task<V1Pod> PodAsync(string name, Func<V1Pod, bool> accept, CancellationToken ct)
        => Eventually.BecomesAsync(token => Client.CoreV1.ReadNamespacedPodAsync(name, Space, cancellationToken: token), accept, cancellation: ct);

    public async Task<V1Pod> RunAsync(V1Pod pod, CancellationToken ct)
    {
        await CreateAsync(pod, ct);
        return await RunningAsync(pod.Metadata.Name, ct);
    }

    public async Task DeleteAsync(string name, CancellationToken ct)
    {
        await Client.CoreV1.DeleteNamespacedPodAsync(name, Space, cancellationToken: ct);
        await GoneAsync(name, ct);
    }

    public Task GoneAsync(string name, CancellationToken ct)
        => Eventually.BecomesTrueAsync(async token => (await Client.CoreV1.ListNamespacedPodAsync(Space, fieldSelector: $"metadata.name={name}", cancellationToken: token)).Items.Count == 0, cancellation: ct);

    public static string? Condition(V1Pod pod, string type) => pod.Status.Conditions?.FirstOrDefault(c => c.Type == type)?.Status;

    /// <summary>The ENI of the model that carries an IP; null when none does.</summary>
    public Eni? EniOf(string ip) => Model.Enis.FirstOrDefault(eni => eni.FindIp(ip) is not null);

    public async ValueTask DisposeAsync()
    {
        // The Nodes go too, so that the node controller does not mourn them while other tests run.
        foreach (var cvm in Cvms.Where(cvm => Model.FindCvm(cvm.Id) is not null))
        {
            Model.TerminateCvm(cvm.Id);
        }

        Machines.Refresh();
        await Eventually.BecomesTrueAsync(() => Machines.Machines.Count == 0);
        await LeaveAsync();
        _connection.Dispose();
        _leave.Dispose();
    }

    private async Task JoinAsync(MachineSettings? settings, MachineDelays? delays)
    {
        var api = new KubeApi(_connection, TimeProvider.System, NullLogger.Instance);
        Machines = new MachineFleet(api, Model, settings ?? new MachineSettings { OfferEips = true }, delays ?? Quick, TimeProvider.System, NullLogger.Instance);
        _leave.Dispose();
        _leave = new CancellationTokenSource();
        _running = Machines.RunAsync(_leave.Token);
        await Machines.Joined.WaitAsync(Eventually.DefaultLimit, TimeProvider.System);
    }

    private async Task LeaveAsync()
    {
        await _leave.CancelAsync();
        try
        {
            await _running.WaitAsync(Eventually.DefaultLimit, TimeProvider.System);
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }

        Machines.Dispose();
    }
}
