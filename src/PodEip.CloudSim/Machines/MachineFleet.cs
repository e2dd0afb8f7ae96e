using Microsoft.Extensions.Logging;
using PodEip.CloudSim.Machines.Network;
using PodEip.CloudSim.Machines.Nodes;
using PodEip.CloudSim.Machines.Objects;
using PodEip.CloudSim.Machines.Pods;
using PodEip.CloudSim.Model;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Watching;

namespace PodEip.CloudSim.Machines;

/// <summary>
/// Stands in for the machines of a cluster: the cloud's CVMs appear as Nodes and their kubelets are played, so that Pods run, get
/// private IPs of the cloud's ENIs and end as they would, without a container anywhere.
/// </summary>
public sealed class MachineFleet : IDisposable
{
    private readonly NodeKeeper _nodes;
    private readonly PodPlayer _pods;
    private readonly Informer<PodObject, PodRecord> _informer;
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile MachineSettings _settings;
    private volatile MachineDelays _delays;

    /// <summary>Creates a fleet; <see cref="RunAsync"/> lets it join.</summary>
    /// <param name="api">The cluster's API server, with the rights of its kubelets and to register Nodes.</param>
    /// <param name="model">The cloud whose CVMs are the machines.</param>
    /// <param name="settings">What the Nodes look like; null for the defaults.</param>
    /// <param name="delays">How fast kubelets work; null for the defaults.</param>
    /// <param name="time">The clock of heartbeats and delays: the real one, not one the cloud's tests move.</param>
    /// <param name="logger">The log.</param>
    /// <exception cref="ArgumentException">A setting can't be used.</exception>
    public MachineFleet(KubeApi api, CloudModel model, MachineSettings? settings, MachineDelays? delays, TimeProvider time, ILogger logger)
    {
        _settings = settings ?? new MachineSettings();
        if (_settings.Taint is { } taint && !IsTaint(taint))
        {
            throw new ArgumentException($"The taint '{taint}' must be key:Effect or key=value:Effect; effects are NoSchedule, PreferNoSchedule and NoExecute.", nameof(settings));
        }

        (delays ??= new MachineDelays()).Check();
        _delays = delays;
        _nodes = new NodeKeeper(api, model, () => _settings, time, logger);
        _pods = new PodPlayer(api, new PrivateIps(model, () => _settings), _nodes.Machines, () => _settings, () => _delays, time, logger);
        _nodes.CameUp = _pods.Resume;
        _informer = new Informer<PodObject, PodRecord>(
            api,
            "pods",
            ResourcePath.Core("v1", "pods"),
            MachineJsonContext.Default.PodObject,
            pod => PodRecord.Of(pod, _settings.Prefix, _nodes.Machines.ContainsKey),
            time,
            logger,
            new InformerOptions { FieldSelector = "spec.nodeName!=" });
        _informer.AddHandler(_pods);
    }

    /// <summary>Completes when all CVMs are Nodes and the Pods are known; faulted when joining failed.</summary>
    public Task Joined => _joined.Task;

    /// <summary>How fast kubelets work; takes effect at once, also on Pods under way.</summary>
    /// <exception cref="ArgumentException">A delay is out of bounds.</exception>
    public MachineDelays Delays
    {
        get => _delays;
        set
        {
            value.Check();
            _delays = value;
            _pods.LookAtAll();
        }
    }

    /// <summary>Every machine as it stands.</summary>
    public IReadOnlyList<MachineView> Machines
    {
        get
        {
            var pods = _pods.Runs.ToLookup(run => run.Pod.NodeName);
            return
            [
                .. _nodes.Machines.Values.OrderBy(machine => machine.Name, StringComparer.Ordinal).Select(machine => new MachineView(
                    machine.Name,
                    machine.Cvm.Id,
                    machine.Ip,
                    machine.IsUp,
                    [.. pods[machine.Name].OrderBy(run => run.Pod.Key).Select(run => new MachinePodView(run.Pod.Key.ToString(), run.Pod.Uid, run.Step.ToString(), run.Lease?.Ip, run.Lease?.EniId))])),
            ];
        }
    }

    /// <summary>Runs the machines until cancelled. Throws when the API server refuses the first registration.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            await _nodes.RegisterAllAsync(ct);
            Task[] loops = [_nodes.RunAsync(stop.Token), _informer.RunAsync(stop.Token), _pods.RunAsync(stop.Token), AnnounceAsync(stop.Token)];
            // All but the announcement run for ever: whichever ends first, ends with the reason to stop.
            await Task.WhenAny(loops[..3]);
            await stop.CancelAsync();
            await Task.WhenAll(loops);
        }
        catch (Exception e)
        {
            _joined.TrySetException(e);
            throw;
        }
    }

    /// <summary>Cuts a machine off: no heartbeats, no kubelet; its Pods hold their IPs.</summary>
    /// <param name="node">The Node's name.</param>
    /// <returns>False when there is no such machine.</returns>
    public bool Lose(string node) => _nodes.SetLost(node, lost: true);

    /// <summary>Lets a machine that was lost return.</summary>
    /// <param name="node">The Node's name.</param>
    /// <returns>False when there is no such machine.</returns>
    public bool Return(string node) => _nodes.SetLost(node, lost: false);

    /// <summary>Restarts a machine's kubelet, which sets the Node's <c>eip</c> to zero as a real one may.</summary>
    /// <param name="node">The Node's name.</param>
    /// <returns>False when there is no such machine.</returns>
    public bool RestartKubelet(string node) => _nodes.RestartKubelet(node);

    /// <summary>Deletes a machine's Node and registers it anew.</summary>
    /// <param name="node">The Node's name.</param>
    /// <returns>False when there is no such machine.</returns>
    public bool RegisterAnew(string node) => _nodes.RegisterAnew(node);

    /// <summary>Lets a device plugin on a machine offer <c>eip</c>: its kubelet puts the number back, within a second, whenever somebody changes it.</summary>
    /// <param name="node">The Node's name.</param>
    /// <param name="eips">How many; null ends the plugin.</param>
    /// <returns>False when there is no such machine.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public bool SetDevicePlugin(string node, int? eips)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(eips ?? 0, nameof(eips));
        return _nodes.SetDevicePlugin(node, eips);
    }

    /// <summary>Looks for new and terminated CVMs now instead of within a second.</summary>
    public void Refresh() => _nodes.Wake();

    /// <inheritdoc/>
    public void Dispose()
    {
        _pods.Dispose();
        _nodes.Dispose();
    }

    private async Task AnnounceAsync(CancellationToken ct)
    {
        await _informer.WaitForSyncAsync(Timeout.InfiniteTimeSpan, ct);
        _joined.TrySetResult();
    }

    internal static bool IsTaint(string text)
        => text.Split(':') is [{ Length: > 0 } key, "NoSchedule" or "PreferNoSchedule" or "NoExecute"] && key[0] != '=';
}
