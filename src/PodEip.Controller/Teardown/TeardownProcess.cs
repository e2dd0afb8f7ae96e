using System.Text.Json;
using Microsoft.Extensions.Logging;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.Teardown;
using PodEip.Controller.Addresses;
using PodEip.Controller.Cluster;
using PodEip.Controller.Commands;
using PodEip.Hosting;

namespace PodEip.Controller.Teardown;

/// <summary>One run of <c>podeip-controller teardown</c>.</summary>
/// <param name="options">What was asked.</param>
/// <param name="output">For the result.</param>
/// <param name="error">For progress and trouble.</param>
/// <param name="time">The clock.</param>
/// <param name="loggers">The logs.</param>
/// <param name="program">Who tells of trouble: the name that the command was started by.</param>
public sealed class TeardownProcess(TeardownOptions options, TextWriter output, TextWriter error, TimeProvider time, ILoggerFactory loggers, string program = CommandRun.Program)
{
    /// <summary>Rounds of listing anew: an address bought just before may be listed late.</summary>
    private const int MostRounds = 4;

    private readonly Progress _progress = new(error, time);
    private readonly Dictionary<string, TeardownTask> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TeardownClaimRow> _claims = new(StringComparer.Ordinal);

    /// <summary>Runs.</summary>
    /// <param name="stop">Asks to stop: what is under way is left as it is.</param>
    /// <returns>Of <see cref="ExitCodes"/>.</returns>
    public Task<int> RunAsync(CancellationToken stop) => CommandRun.GuardAsync(error, async () =>
    {
        using var connected = CommandRun.Connect(options.Controller, time, loggers);
        var cloud = new PacedCloud(connected, new RateLimits { Share = options.Controller.RateShare, Multiplier = options.Controller.RateMultiplier }, options.Controller.CallTimeout, time);
        var finder = new ClusterFinder(options, cloud, time, loggers);
        using var cluster = await finder.FindAsync(stop);
        var uid = cluster?.Uid ?? options.ClusterUid!;
        var mark = new ClusterMark(options.Controller.ClusterId, uid);
        try
        {
            if (cluster is null)
            {
                await WorkAsync(mark, null, cloud, stop);
            }
            else
            {
                await WithLeaseAsync(mark, cluster, cloud, stop);
            }
        }
        finally
        {
            Print(uid);
        }

        return options.DryRun || TeardownSummary.Of(dryRun: false, [.. _tasks.Values], [.. _claims.Values]).IsClean ? ExitCodes.Stopped : ExitCodes.Failed;
    }, program);

    private async Task WithLeaseAsync(ClusterMark mark, ClusterConnection cluster, PacedCloud cloud, CancellationToken stop)
    {
        var guard = new LeaseGuard(cluster, options.Controller, _progress, time, loggers);
        if (!options.DryRun && !options.Force)
        {
            await guard.RunAsync(
                async (leadership, token) =>
                {
                    cloud.Leadership = leadership;
                    await WorkAsync(mark, cluster, cloud, token);
                },
                stop);
            return;
        }

        if (await guard.HolderAsync(stop) is { } holder)
        {
            _progress.Say(options.DryRun
                ? $"A controller may be at work: {holder}. Without --dry-run this waits whether it lives, and then refuses."
                : $"Going on beside {holder} (--force): if it lives it buys and binds again for Pods that still ask for an address. Stop it and run this again.");
        }

        await WorkAsync(mark, cluster, cloud, stop);
    }

    private async Task WorkAsync(ClusterMark mark, ClusterConnection? cluster, PacedCloud cloud, CancellationToken cancellationToken)
    {
        var sight = new TeardownSight(mark, cluster, cloud, options, _progress);
        for (var round = 0; round < MostRounds; round++)
        {
            var view = await sight.LookAsync(cancellationToken);
            var records = TeardownPlan.Of(view, options.Choice);
            var fresh = records.Where(r => !_tasks.TryGetValue(r.Address.Id, out var known) || (known.Ended is true && r.Action is TeardownAction.Release)).ToList();
            if (round > 0 && fresh.Count == 0)
            {
                return;
            }

            foreach (var record in fresh)
            {
                _tasks[record.Address.Id] = new TeardownTask(record);
            }

            if (options.DryRun)
            {
                foreach (var claim in TeardownClaims.Ending(view.Claims, records, options.Choice, _ => true))
                {
                    _claims[claim.Key.ToString()] = new TeardownClaimRow(claim.Key.ToString(), "planned", null);
                }

                return;
            }

            await new TeardownRun(mark, cloud, _progress, time).RunAsync([.. fresh.Select(r => _tasks[r.Address.Id])], cancellationToken);
            if (cluster is not null)
            {
                await EndClaimsAsync(view, records, cluster, cancellationToken);
            }
        }
    }

    private async Task EndClaimsAsync(TeardownView view, IReadOnlyList<TeardownRecord> records, ClusterConnection cluster, CancellationToken cancellationToken)
    {
        var ending = new ClaimEnding(cluster, new KubernetesClaimWriter(cluster.Api, options.Controller.Names), _progress, time);
        var off = _tasks.Values.Where(t => t.Ended is true && t.Record.Action is not TeardownAction.Leave).Select(t => t.Record.Address.PublicIp).OfType<string>().ToHashSet(StringComparer.Ordinal);
        await ending.ClearAsync(view.Pods.Where(p => p.PublishedIp is { } ip && off.Contains(ip)), cancellationToken);
        foreach (EipClaim claim in TeardownClaims.Ending(view.Claims, records, options.Choice, r => _tasks[r.Address.Id].Ended is true))
        {
            var problem = await ending.EndAsync(claim, cancellationToken);
            _claims[claim.Key.ToString()] = new TeardownClaimRow(claim.Key.ToString(), problem is null ? "ended" : "failed", problem);
            _progress.At(() => $"{_claims.Count} claims ended");
        }
    }

    private void Print(string uid)
    {
        var tasks = _tasks.Values.OrderBy(t => t.Record.Address.Id, StringComparer.Ordinal).ToList();
        var claims = _claims.Values.OrderBy(c => c.Claim, StringComparer.Ordinal).ToList();
        var report = new TeardownReport
        {
            ClusterId = options.Controller.ClusterId,
            ClusterUid = uid,
            DryRun = options.DryRun,
            Addresses = [.. tasks.Select(Row)],
            Claims = claims,
            Summary = TeardownSummary.Of(options.DryRun, tasks, claims),
        };
        if (options.Json)
        {
            output.WriteLine(JsonSerializer.Serialize(report, CommandJson.Default.TeardownReport));
            return;
        }

        foreach (var line in report.Lines())
        {
            output.WriteLine(line);
        }
    }

    private TeardownRow Row(TeardownTask task)
    {
        var (record, address) = (task.Record, task.Record.Address);
        var (result, why) = task.Ended switch
        {
            _ when record.Action is TeardownAction.Leave => ("left", record.Why),
            _ when options.DryRun => ("planned", record.Why),
            true => (task.Result, record.Why),
            false => ("failed", task.Result),
            null => ("unfinished", record.Why),
        };
        return new TeardownRow(
            address.Id, address.PublicIp, record.Claim?.ToString(), record.IsOwn ? "Own" : "Given", record.IsFixed, address.Status.ToString(), record.Action.ToString(), result, why);
    }
}
