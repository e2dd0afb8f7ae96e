using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PodEip.CloudSim.Machines.Network;
using PodEip.CloudSim.Machines.Nodes;
using PodEip.CloudSim.Model;
using PodEip.Kubernetes;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;
using PodEip.Kubernetes.Queueing;
using PodEip.Kubernetes.Watching;

namespace PodEip.CloudSim.Machines.Pods;

/// <summary>
/// Plays the kubelets: takes each Pod of our Nodes one step further whenever its time has come. Work is queued by Pod UID, and
/// what was done is remembered per UID, so each step is taken once whatever the watch repeats.
/// </summary>
internal sealed partial class PodPlayer(
    KubeApi api, PrivateIps ips, IReadOnlyDictionary<string, Machine> machines, Func<MachineSettings> settings, Func<MachineDelays> delays, TimeProvider time, ILogger logger)
    : IInformerHandler<PodRecord>, IDisposable
{
    private const int Workers = 24;

    private readonly WorkQueue<string> _queue = new("machines", time, new WorkQueueOptions { MinBackoff = TimeSpan.FromMilliseconds(100), MaxBackoff = TimeSpan.FromSeconds(5) });
    private readonly ConcurrentDictionary<string, PodRecord> _pods = [];
    private readonly ConcurrentDictionary<string, PodRun> _runs = [];

    /// <summary>What every Pod holds, for the control interface.</summary>
    public IEnumerable<PodRun> Runs => _runs.Values;

    public void OnUpserted(ObjectKey key, PodRecord? before, PodRecord now)
    {
        if (before is not null && before.Uid != now.Uid)
        {
            OnDeleted(key, before);
        }

        _pods[now.Uid] = now;
        _queue.Add(now.Uid);
    }

    public void OnDeleted(ObjectKey key, PodRecord last)
    {
        _pods.TryRemove(last.Uid, out _);
        _queue.Add(last.Uid);
    }

    /// <summary>A machine is back: its Pods go on.</summary>
    public void Resume(string node) => Look(pod => pod.NodeName == node);

    /// <summary>Looks at every Pod again: delays have changed.</summary>
    public void LookAtAll() => Look(static _ => true);

    public Task RunAsync(CancellationToken ct) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => WorkAsync(ct), ct)));

    public void Dispose() => _queue.Dispose();

    // Runs of Pods whose object is gone are among those that have work left.
    private void Look(Func<PodRecord, bool> which)
    {
        foreach (var pod in _pods.Values.Concat(_runs.Values.Select(run => run.Pod)).Where(which))
        {
            _queue.Add(pod.Uid);
        }
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        while (true)
        {
            var uid = await _queue.TakeAsync(ct);
            try
            {
                if (await StepAsync(uid, ct) is { } wait)
                {
                    _queue.AddAfter(uid, wait);
                }

                _queue.Forget(uid);
            }
            catch (KubeApiException e) when (e.IsNotFound || e.IsConflict)
            {
                // The Pod is gone or another: the watch says so in a moment, and looking again does no harm.
                _queue.AddWithBackoff(uid);
            }
            catch (Exception e) when (e is KubeApiException or CloudFault)
            {
                LogFailed(_runs.TryGetValue(uid, out var run) ? run.Pod.Key : default, e.Message);
                _queue.AddWithBackoff(uid);
            }
            finally
            {
                _queue.Done(uid);
            }
        }
    }

    /// <summary>Takes a Pod's next step.</summary>
    /// <returns>When to look again; null when something has to happen first.</returns>
    private async Task<TimeSpan?> StepAsync(string uid, CancellationToken ct)
    {
        var exists = _pods.TryGetValue(uid, out var pod);
        if (!_runs.TryGetValue(uid, out var run))
        {
            if (!exists)
            {
                return null;
            }

            run = _runs[uid] = new PodRun(pod!);
        }

        run.Pod = pod ?? run.Pod;
        if (!machines.TryGetValue(run.Pod.NodeName, out var machine))
        {
            // The machine itself is gone, and with it its ENIs.
            _runs.TryRemove(uid, out _);
            return null;
        }

        if (!machine.IsUp)
        {
            return null;
        }

        if (run.Step is PodStep.Fresh && run.Pod.PodIp is { } ip)
        {
            Recover(run, machine, ip);
        }

        if (exists && !run.Pod.IsDeleting && run.Step < PodStep.Stopping)
        {
            return run.Pod.HasEnded ? End(run) : await StartAsync(run, machine, ct);
        }

        return await StopAsync(run, exists, ct);
    }

    // This process was not there when the Pod started; its status says how far it had come.
    private void Recover(PodRun run, Machine machine, string ip)
    {
        run.Ip = ip;
        run.StartedAt = time.GetUtcNow();
        run.ReadyShown = run.Pod.IsReady;
        run.Lease = run.Pod.HasEnded ? null : ips.Adopt(machine.Cvm, run.Pod.Key, Network(run), run.Pod.HasFixedIp, ip);
        run.Step = run.Pod.Phase == "Pending" ? PodStep.Addressed : PodStep.Running;
        run.StepSince = time.GetTimestamp();
    }

    private async Task<TimeSpan?> StartAsync(PodRun run, Machine machine, CancellationToken ct)
    {
        var pace = delays();
        if (run.Step is PodStep.Fresh)
        {
            await PatchAsync(run, PodStatusPatch.Creating(run, machine.Ip, time.GetUtcNow()), ct);
            Enter(run, PodStep.Creating);
        }

        if (run.Step is PodStep.Creating)
        {
            if (Left(run, pace.Ip) is { } wait)
            {
                return wait;
            }

            run.Lease ??= ips.Take(machine.Cvm, run.Pod.Key, Network(run), run.Pod.HasFixedIp);
            run.Ip = run.Lease.Ip;
            if (pace.Start > TimeSpan.Zero)
            {
                await PatchAsync(run, PodStatusPatch.Creating(run, machine.Ip, time.GetUtcNow()), ct);
            }

            Enter(run, PodStep.Addressed);
        }

        if (run.Step is PodStep.Addressed)
        {
            if (Left(run, pace.Start) is { } wait)
            {
                return wait;
            }

            run.StartedAt = time.GetUtcNow();
            var ready = run.Pod.GatesAreTrue;
            await PatchAsync(run, PodStatusPatch.Running(run, machine.Ip, time.GetUtcNow()), ct);
            run.ReadyShown = ready;
            Enter(run, PodStep.Running);
        }

        if (run.ReadyShown != run.Pod.GatesAreTrue)
        {
            var ready = run.Pod.GatesAreTrue;
            await PatchAsync(run, PodStatusPatch.Ready(run, ready, time.GetUtcNow()), ct);
            run.ReadyShown = ready;
        }

        if (run.Pod.ExitAfter is not { } exitAfter)
        {
            return null;
        }

        if (Left(run, exitAfter) is { } runs)
        {
            return runs;
        }

        await PatchAsync(run, PodStatusPatch.Ended(run, run.Pod.ExitCode == 0 ? "Succeeded" : "Failed", run.Pod.ExitCode, time.GetUtcNow()), ct);
        Enter(run, PodStep.Ended);
        return pace.Sandbox;
    }

    // Ended, by itself or evicted: the sandbox goes, the object stays until someone deletes it.
    private TimeSpan? End(PodRun run)
    {
        if (run.Step < PodStep.Ended)
        {
            Enter(run, PodStep.Ended);
        }

        return TearDown(run);
    }

    private async Task<TimeSpan?> StopAsync(PodRun run, bool exists, CancellationToken ct)
    {
        if (run.Step is PodStep.Fresh or PodStep.Creating)
        {
            Enter(run, PodStep.Gone);
        }

        if (run.Step is PodStep.Addressed or PodStep.Running)
        {
            Enter(run, PodStep.Stopping);
        }

        if (run.Step is PodStep.Stopping)
        {
            var stop = delays().Stop;
            if (Left(run, run.Pod.Grace < stop ? run.Pod.Grace : stop) is { } wait)
            {
                return wait;
            }

            if (exists)
            {
                await PatchAsync(run, PodStatusPatch.Ended(run, phase: null, exitCode: 0, time.GetUtcNow()), ct);
            }

            Enter(run, PodStep.Ended);
        }

        if (TearDown(run) is { } left)
        {
            return left;
        }

        if (!exists)
        {
            _runs.TryRemove(run.Pod.Uid, out _);
            return null;
        }

        if (!run.Pod.IsDeleting)
        {
            return null;
        }

        if (Left(run, delays().Remove) is { } removal)
        {
            return removal;
        }

        var key = run.Pod.Key;
        await api.DeleteAsync(ResourcePath.Core("v1", "pods", key.Namespace, key.Name), new DeletePreconditions(run.Pod.Uid), propagation: null, gracePeriodSeconds: 0, ct);
        return null;
    }

    private TimeSpan? TearDown(PodRun run)
    {
        if (run.Step is PodStep.Ended)
        {
            if (Left(run, delays().Sandbox) is { } wait)
            {
                return wait;
            }

            if (run.Lease is { } lease)
            {
                ips.Free(lease);
                run.Lease = null;
            }

            Enter(run, PodStep.Gone);
        }

        return null;
    }

    private PodNetwork Network(PodRun run) => PodNetworks.Of(run.Pod, settings().DefaultNetwork);

    private void Enter(PodRun run, PodStep step) => (run.Step, run.StepSince) = (step, time.GetTimestamp());

    private TimeSpan? Left(PodRun run, TimeSpan delay)
    {
        var left = delay - time.GetElapsedTime(run.StepSince ?? time.GetTimestamp());
        return left > TimeSpan.Zero ? left : null;
    }

    private Task PatchAsync(PodRun run, ReadOnlyMemory<byte> patch, CancellationToken ct)
    {
        var key = run.Pod.Key;
        return api.PatchAsync(ResourcePath.Core("v1", "pods", key.Namespace, key.Name, "status"), PatchKind.Strategic, patch, KubernetesJsonContext.Default.PartialObject, ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The kubelet's work on {Pod} failed: {Error}")]
    private partial void LogFailed(ObjectKey pod, string error);
}
