using PodEip.Claims.Marks;
using PodEip.Claims.Stock;
using PodEip.Claims.Teardown;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;
using PodEip.Controller.Commands;

namespace PodEip.Controller.Teardown;

/// <summary>
/// Carries the plan out, round by round: read what is open by id, take the next step for each, send a few, read again. All it needs to know
/// is in the cloud, so a run that was killed is finished by the next.
/// </summary>
internal sealed class TeardownRun(ClusterMark mark, PacedCloud cloud, Progress progress, TimeProvider time)
{
    // A round's writes take about two seconds, so that what is sent was read no longer ago than that.
    private const int WritesPerRound = 20;
    private const int ReleasesPerRound = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(90);

    private readonly Dictionary<CloudAction, string> _denied = [];
    private long _moved;

    /// <summary>Works until every address has ended, well or not.</summary>
    public async Task RunAsync(IReadOnlyList<TeardownTask> tasks, CancellationToken cancellationToken)
    {
        _moved = time.GetTimestamp();
        while (true)
        {
            var open = tasks.Where(t => t.Ended is null).ToList();
            if (open.Count == 0)
            {
                return;
            }

            var now = (await cloud.OfIdsAsync(open.Select(t => t.Record.Address.Id), cancellationToken)).ToDictionary(a => a.Id, StringComparer.Ordinal);
            var steps = open.Select(t => (Task: t, Now: now.GetValueOrDefault(t.Record.Address.Id))).Select(x => (x.Task, x.Now, Step: Next(x.Task, x.Now))).ToList();
            var sent = await SendAsync(steps, cancellationToken);
            if (sent || tasks.Count(t => t.Ended is null) < open.Count)
            {
                _moved = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(_moved) > StuckAfter)
            {
                foreach (var (task, address, _) in steps.Where(s => s.Task.Ended is null))
                {
                    task.Fail($"nothing moved for {StuckAfter.TotalSeconds:0} s; it is {address?.Status.ToString() ?? "not seen"}{(task.LastError is { } e ? $"; last: {e}" : "")}");
                }
            }

            progress.At(() => $"{tasks.Count(t => t.Ended is true)} of {tasks.Count} addresses done, {tasks.Count(t => t.WasUnbound)} unbound, {tasks.Count(t => t.Ended is false)} left");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private TeardownStep? Next(TeardownTask task, Address? now)
    {
        if (now is null && !task.Missed())
        {
            return null;
        }

        if (now is not null)
        {
            task.Seen();
        }

        var step = TeardownStep.Next(task.Record, now, mark);
        switch (step)
        {
            case TeardownStep.Stop stop:
                task.Fail(stop.Why);
                break;
            case TeardownStep.Done:
                task.Done(Words(task, now));
                break;
        }

        return step;
    }

    private static string Words(TeardownTask task, Address? now) => task.Record.Action switch
    {
        TeardownAction.Release => "released",
        _ when now is null => "gone",
        _ => task.WasUnbound ? "unbound" : "free",
    };

    private async Task<bool> SendAsync(List<(TeardownTask Task, Address? Now, TeardownStep? Step)> steps, CancellationToken cancellationToken)
    {
        var calls = new List<Task>();
        foreach (var (task, _, step) in steps.Where(s => s.Step is TeardownStep.Unbind or TeardownStep.Rename).Take(WritesPerRound))
        {
            var id = task.Record.Address.Id;
            calls.Add(step is TeardownStep.Rename rename
                ? WriteAsync([task], CloudAction.ModifyAddressAttribute, async (c, ct) => { await c.RenameAddressAsync(id, rename.Name, ct); return true; }, cancellationToken)
                : UnbindAsync(task, id, cancellationToken));
        }

        var ready = steps.Where(s => s.Step is TeardownStep.Release).GroupBy(s => $"{s.Now!.InternetChargeType}/{s.Now.AddressType}", StringComparer.Ordinal)
            .SelectMany(g => g.Where(s => !s.Task.ReleaseAlone).Chunk(ReleaseRules.MostPerCall).Concat(g.Where(s => s.Task.ReleaseAlone).Select(s => new[] { s })));
        foreach (var batch in ready.Take(ReleasesPerRound))
        {
            IReadOnlyList<TeardownTask> tasks = [.. batch.Select(s => s.Task)];
            calls.Add(WriteAsync(tasks, CloudAction.ReleaseAddresses, (c, ct) => c.ReleaseAddressesAsync([.. tasks.Select(t => t.Record.Address.Id)], ct), cancellationToken));
        }

        await Task.WhenAll(calls);
        return calls.Count > 0;
    }

    private async Task UnbindAsync(TeardownTask task, string id, CancellationToken cancellationToken)
    {
        if (await WriteAsync([task], CloudAction.DisassociateAddress, (c, ct) => c.DisassociateAddressAsync(id, ct), cancellationToken))
        {
            task.WasUnbound = true;
        }
    }

    private async Task<bool> WriteAsync<T>(IReadOnlyList<TeardownTask> tasks, CloudAction action, Func<IElasticIpCloud, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (_denied.TryGetValue(action, out var denied))
        {
            tasks.ToList().ForEach(t => t.Fail(denied));
            return false;
        }

        try
        {
            await cloud.WriteAsync(action, call, cancellationToken);
            return true;
        }
        catch (CloudException e) when (tasks.Count > 1 && e.ErrorClass is not CloudErrorClass.Permission)
        {
            // One bad id may fail the batch.
            foreach (var task in tasks)
            {
                task.ReleaseAlone = true;
            }

            return false;
        }
        catch (CloudException e)
        {
            foreach (var task in tasks)
            {
                task.OnError(e);
            }

            if (e.ErrorClass is CloudErrorClass.Permission)
            {
                _denied[action] = $"not allowed: {e.Message}";
            }

            return e.MayHaveExecuted && action is CloudAction.DisassociateAddress;
        }
    }
}
