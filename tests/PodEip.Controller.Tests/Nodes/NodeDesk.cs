using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Nodes;
using PodEip.Claims.View;
using PodEip.Cloud;
using PodEip.Cloud.Network;
using PodEip.Controller.Addresses;
using PodEip.Controller.Nodes;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Telemetry;
using PodEip.Controller.Tests.Reconciling;
using PodEip.Kubernetes.Events;
using PodEip.Kubernetes.Queueing;

namespace PodEip.Controller.Tests.Nodes;

/// <summary>The keeper of capacity beside Nodes that are a table, and CVMs that are another; nothing happens but in <see cref="Settle"/>.</summary>
internal sealed class NodeDesk : INodeWriter, IEventRecorder, IDisposable
{
    private readonly ControllerMetrics _metrics = new("test");
    private readonly WorkQueue<string> _queue;
    private readonly CapacityKeeper _keeper;
    private int _version;

    public NodeDesk(NodeSettings? settings = null)
    {
        Desk = new Desk(new CoreSettings { Rates = new RateLimits { Multiplier = 1e12 }, PermissionRetry = TimeSpan.FromMinutes(2), Nodes = settings ?? new NodeSettings() }) { Machines = Read };
        _queue = new WorkQueue<string>("nodes", Desk.Time);
        Desk.Core.EnqueueNode = _queue.Add;
        _keeper = new CapacityKeeper(Desk.Core, this, this, _metrics.Nodes, "x/eip", _queue, Desk.Time, NullLogger<CapacityKeeper>.Instance);
    }

    public Desk Desk { get; }

    /// <summary>The Nodes as the server has them.</summary>
    public Dictionary<string, NodeRecord> Nodes { get; } = new(StringComparer.Ordinal);

    /// <summary>The CVMs of the cloud.</summary>
    public List<Instance> Instances { get; } = [];

    /// <summary>Their ENIs.</summary>
    public List<NetworkInterface> Interfaces { get; } = [];

    /// <summary>Why a read of machines fails; null when it does not.</summary>
    public Func<QueuedCall, CloudException?> Trouble { get; set; } = _ => null;

    /// <summary>Rows a page of ENIs.</summary>
    public int PageSize { get; set; } = 100;

    public List<string> Writes { get; } = [];

    public List<(string Node, string Reason, string Note)> Events { get; } = [];

    /// <summary>The watch does not show writes, as if it lagged.</summary>
    public bool WatchLags { get; set; }

    public IReadOnlyList<T> Reads<T>()
        where T : QueuedCall => [.. Desk.Reads.OfType<T>()];

    public string? Shown(string node) => Nodes[node].Capacity;

    /// <summary>A CVM with a primary ENI.</summary>
    public Instance Cvm(string id, int vcpus, string? ip = null, string vpc = "vpc-1", string[]? publicIps = null)
    {
        var cvm = new Instance { Id = id, MachineType = "S5.X", Cpu = vcpus, VpcId = vpc, PrivateIps = [ip ?? "10.0.0." + (Instances.Count + 1).ToString(CultureInfo.InvariantCulture)], PublicIps = publicIps ?? [] };
        Instances.Add(cvm);
        return cvm;
    }

    /// <summary>An ENI of a CVM with these addresses.</summary>
    public void Eni(string instance, bool isPrimary, params string[] addressIds) => Interfaces.Add(new NetworkInterface
    {
        Id = $"eni-{Interfaces.Count}",
        InstanceId = instance,
        IsPrimary = isPrimary,
        PrivateIps = [.. addressIds.Select((id, i) => new PrivateIp($"10.1.{Interfaces.Count}.{i}", false, id, "AVAILABLE"))],
    });

    /// <summary>The server shows a Node.</summary>
    public void Put(string name, string? providerId = null, string? ip = null, string? shown = null, string uid = "uid-1")
    {
        Nodes[name] = new NodeRecord
        {
            Name = name, Uid = uid, Identity = NodeIdentity.Of(name, providerId, ip), Capacity = shown, Allocatable = shown, ResourceVersion = Next(),
        };
        Desk.Core.OnNode(Nodes[name]);
    }

    /// <summary>Somebody else writes the resource.</summary>
    public void Overwrite(string name, string? value)
    {
        Nodes[name] = Nodes[name] with { Capacity = value, Allocatable = value, ResourceVersion = Next() };
        Desk.Core.OnNode(Nodes[name]);
    }

    /// <summary>A Pod asks for slots of a Node.</summary>
    public void Pod(string name, string? node, int slots = 1, bool hasEnded = false, string uid = "pod-1") => Desk.Core.OnPod(new PodView
    {
        Key = new ClaimKey("default", name), Uid = uid, NodeName = node, SlotsRequested = slots, HasEnded = hasEnded, ResourceVersion = Next(),
        Reading = DemandReader.Read(null, false, new DemandSettings()),
    });

    public void EndPod(string name, string uid = "pod-1") => Desk.Core.OnPodGone(new ClaimKey("default", name), uid);

    public void Settle()
    {
        Desk.Settle();
        while (_queue.TryTake(out var node))
        {
            var keep = _keeper.KeepAsync(node, CancellationToken.None);
            Xunit.Assert.True(keep.IsCompletedSuccessfully, keep.Exception?.ToString());
            _queue.Done(node);
        }
    }

    public void Run(TimeSpan duration, TimeSpan? step = null)
    {
        for (var end = Desk.Now + duration; Desk.Now < end;)
        {
            Desk.Time.Advance(step ?? TimeSpan.FromSeconds(1));
            Settle();
        }
    }

    public Task<string?> WriteAsync(NodeRecord node, int? value, CancellationToken cancellationToken)
    {
        Writes.Add($"{node.Name}={value?.ToString(CultureInfo.InvariantCulture) ?? "none"}");
        if (!Nodes.TryGetValue(node.Name, out var there) || there.Uid != node.Uid)
        {
            return Task.FromResult<string?>(null);
        }

        var text = value?.ToString(CultureInfo.InvariantCulture);
        Nodes[node.Name] = there with { Capacity = text, Allocatable = text, ResourceVersion = Next() };
        if (!WatchLags)
        {
            Desk.Core.OnNode(Nodes[node.Name]);
        }

        return Task.FromResult<string?>(Nodes[node.Name].ResourceVersion);
    }

    public void Record(EventTarget regarding, EventType type, string reason, string note, EventTarget? related = null) => Events.Add((regarding.Key.Name, reason, note));

    public void Dispose()
    {
        _queue.Dispose();
        _metrics.Dispose();
    }

    private (CallResult? Result, CloudException? Error) Read(QueuedCall call)
    {
        if (Trouble(call) is { } trouble)
        {
            return (null, trouble);
        }

        if (call is QueuedCall.FindInstances find)
        {
            List<Instance> found = [.. Instances.Where(cvm => find.Ids.Contains(cvm.Id) || cvm.PrivateIps.Any(find.PrivateIps.Contains))];
            return (new CallResult { Instances = found, TotalCount = found.Count }, null);
        }

        var attached = (QueuedCall.FindAttached)call;
        List<NetworkInterface> all = [.. Interfaces.Where(nic => attached.InstanceIds.Contains(nic.InstanceId!))];
        return (new CallResult { Interfaces = [.. all.Skip(attached.Offset).Take(PageSize)], TotalCount = all.Count }, null);
    }

    private string Next() => (++_version).ToString(CultureInfo.InvariantCulture);
}
