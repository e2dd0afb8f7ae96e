using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using PodEip.CloudSim.Machines.Objects;
using PodEip.CloudSim.Model;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.CloudSim.Machines.Nodes;

/// <summary>Keeps one Node per CVM: registers it, renews its lease and status, removes it with its CVM.</summary>
internal sealed partial class NodeKeeper(KubeApi api, CloudModel model, Func<MachineSettings> settings, TimeProvider time, ILogger logger) : IDisposable
{
    // As kubelets do: a lease of 40 s renewed every 10 s, a full status every 5 min.
    private const int LeaseSeconds = 40;
    private static readonly TimeSpan LeaseRenewal = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StatusRenewal = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Machine> _machines = [];
    private readonly SemaphoreSlim _wake = new(0);

    /// <summary>The machines by Node name.</summary>
    public IReadOnlyDictionary<string, Machine> Machines => _machines;

    /// <summary>Called with the Node's name when a machine comes up or returns.</summary>
    public Action<string> CameUp { get; set; } = static _ => { };

    /// <summary>The Node name of a CVM: its name where that can be one, else its id.</summary>
    public static string NameOf(Cvm cvm) => IsNodeName(cvm.Name) ? cvm.Name : cvm.Id;

    /// <summary>Cuts a machine off, or lets it return.</summary>
    /// <returns>False when there is no such machine.</returns>
    public bool SetLost(string name, bool lost)
    {
        if (!_machines.TryGetValue(name, out var machine))
        {
            return false;
        }

        machine.IsLost = lost;
        _wake.Release();
        return true;
    }

    /// <summary>Brings the Nodes in step with the CVMs now, instead of within a second.</summary>
    public void Wake() => _wake.Release();

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();

    /// <summary>Registers every CVM that there is; throws when the API server does not let us.</summary>
    public Task RegisterAllAsync(CancellationToken ct) => SyncAsync(ct);

    /// <summary>Keeps the Nodes until cancelled. Trouble with the API server is logged and tried again.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await SyncAsync(ct);
            }
            catch (KubeApiException e)
            {
                LogFailed(e.Message);
            }

            using var limit = new CancellationTokenSource(Look, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
            try
            {
                await _wake.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // Time to look again.
            }
        }
    }

    private async Task SyncAsync(CancellationToken ct)
    {
        var cvms = model.Cvms;
        foreach (var gone in _machines.Values.Where(machine => cvms.All(cvm => cvm.Id != machine.Cvm.Id)).ToList())
        {
            await api.DeleteAsync(Path(gone.Name), preconditions: null, propagation: null, ct);
            _machines.TryRemove(gone.Name, out _);
            LogRemoved(gone.Name);
        }

        foreach (var cvm in cvms)
        {
            var name = NameOf(cvm);
            var machine = _machines.GetOrAdd(name, _ => new Machine(name, cvm, model.FindEni(cvm.PrimaryEniId)?.Ips[0].Ip ?? "0.0.0.0"));
            if (machine.Cvm.Id != cvm.Id)
            {
                LogDoubled(name, cvm.Id, machine.Cvm.Id);
                continue;
            }

            machine.Cvm = cvm;
            await KeepAsync(machine, ct);
        }
    }

    private async Task KeepAsync(Machine machine, CancellationToken ct)
    {
        var isUp = machine.IsUp;
        await ForgetNodeAsync(machine, ct);
        if (machine.ShownUp is null)
        {
            await RegisterAsync(machine, ct);
        }
        else if (machine.ShownUp != isUp || (isUp && Due(machine.StatusWritten, StatusRenewal)))
        {
            // The moment a machine is lost the node controller's verdict is written for it, which else takes 40 s.
            await PatchStatusAsync(machine, NodeBody.Conditions(isUp, time.GetUtcNow()), ct);
        }

        if (isUp)
        {
            await PlayResourcesAsync(machine, ct);
        }

        if (isUp && Due(machine.LeaseRenewed, LeaseRenewal))
        {
            await RenewLeaseAsync(machine, ct);
        }

        if (isUp && machine.ShownUp != true)
        {
            CameUp(machine.Name);
        }

        machine.ShownUp = isUp;
    }

    private async Task RegisterAsync(Machine machine, CancellationToken ct)
    {
        var body = NodeBody.New(machine, settings(), model.Settings.Region, time.GetUtcNow());
        try
        {
            await api.CreateAsync(ResourcePath.Core("v1", "nodes"), body, MachineJsonContext.Default.JsonObject, ct);
            machine.StatusWritten = time.GetTimestamp();
            LogRegistered(machine.Name, machine.Cvm.Id);
        }
        catch (KubeApiException e) when (e.IsAlreadyExists)
        {
            // We ran before: the Node is taken over with its present status.
            await PatchStatusAsync(machine, NodeBody.Status(machine, settings(), time.GetUtcNow()), ct);
            LogTakenOver(machine.Name, machine.Cvm.Id);
        }
    }

    private async Task PatchStatusAsync(Machine machine, JsonObject status, CancellationToken ct)
    {
        try
        {
            await api.PatchAsync(Path(machine.Name, "status"), PatchKind.Strategic, Bytes(new JsonObject { ["status"] = status }), KubernetesJsonContext.Default.PartialObject, ct);
            machine.StatusWritten = time.GetTimestamp();
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            // Somebody deleted the Node; a kubelet would register again.
            machine.ShownUp = null;
            await RegisterAsync(machine, ct);
        }
    }

    private async Task RenewLeaseAsync(Machine machine, CancellationToken ct)
    {
        var spec = new JsonObject { ["holderIdentity"] = machine.Name, ["leaseDurationSeconds"] = LeaseSeconds, ["renewTime"] = MicroTime.Format(time.GetUtcNow()) };
        try
        {
            if (!machine.LeaseExists)
            {
                var lease = new JsonObject
                {
                    ["apiVersion"] = "coordination.k8s.io/v1",
                    ["kind"] = "Lease",
                    ["metadata"] = new JsonObject { ["name"] = machine.Name },
                    ["spec"] = spec.DeepClone(),
                };
                await api.CreateAsync(LeasePath(), lease, MachineJsonContext.Default.JsonObject, ct);
            }
            else
            {
                await api.PatchAsync(LeasePath(machine.Name), PatchKind.Merge, Bytes(new JsonObject { ["spec"] = spec }), KubernetesJsonContext.Default.PartialObject, ct);
            }

            machine.LeaseExists = true;
            machine.LeaseRenewed = time.GetTimestamp();
        }
        catch (KubeApiException e) when (e.IsAlreadyExists)
        {
            machine.LeaseExists = true;
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            // The lease was deleted, or a young API server has not made the namespace yet: the next look tries again.
            machine.LeaseExists = false;
        }
    }

    private bool Due(long? last, TimeSpan period) => last is not { } at || time.GetElapsedTime(at) >= period;

    private static bool IsNodeName(string name) => name.Length is > 0 and <= 63
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
        && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1]);

    private static string Path(string node, string? subresource = null) => ResourcePath.Core("v1", "nodes", ns: null, node, subresource);

    private static string LeasePath(string? node = null) => ResourcePath.Group("coordination.k8s.io", "v1", "leases", "kube-node-lease", node);

    private static byte[] Bytes(JsonObject body) => JsonSerializer.SerializeToUtf8Bytes(body, MachineJsonContext.Default.JsonObject);

    [LoggerMessage(Level = LogLevel.Information, Message = "Registered the Node {Node} for {Cvm}")]
    private partial void LogRegistered(string node, string cvm);

    [LoggerMessage(Level = LogLevel.Information, Message = "Took over the Node {Node} for {Cvm}")]
    private partial void LogTakenOver(string node, string cvm);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed the Node {Node}: its machine is gone")]
    private partial void LogRemoved(string node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Node name {Node} of {Cvm} is {Other}'s already; it gets no Node")]
    private partial void LogDoubled(string node, string cvm, string other);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Keeping the Nodes failed: {Error}")]
    private partial void LogFailed(string error);
}
