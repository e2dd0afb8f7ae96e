using System.Text.Json;
using Microsoft.Extensions.Logging;
using PodEip.Claims.Adoption;
using PodEip.Claims.Marks;
using PodEip.Cloud;
using PodEip.Controller.Addresses;
using PodEip.Controller.Cluster;
using PodEip.Controller.Commands;
using PodEip.Hosting;

namespace PodEip.Controller.Adoption;

/// <summary>One run of <c>podeip-controller adopt</c>. It is safe beside this cluster's controller: it changes tags and claims, never a binding.</summary>
/// <param name="options">What was asked.</param>
/// <param name="output">For the result.</param>
/// <param name="error">For progress and trouble.</param>
/// <param name="time">The clock.</param>
/// <param name="loggers">The logs.</param>
/// <param name="program">Who tells of trouble: the name that the command was started by.</param>
public sealed class AdoptionProcess(AdoptionOptions options, TextWriter output, TextWriter error, TimeProvider time, ILoggerFactory loggers, string program = CommandRun.Program)
{
    private const int MostPerCall = 10;

    private readonly Progress _progress = new(error, time);
    private readonly Dictionary<string, (string Result, string Why)> _results = new(StringComparer.Ordinal);
    private int _claims;

    /// <summary>Runs.</summary>
    /// <param name="stop">Asks to stop; running again finishes.</param>
    /// <returns>Of <see cref="ExitCodes"/>.</returns>
    public Task<int> RunAsync(CancellationToken stop) => CommandRun.GuardAsync(error, async () =>
    {
        using var connected = CommandRun.Connect(options.Controller, time, loggers);
        var cloud = new PacedCloud(connected, new RateLimits { Share = options.Controller.RateShare, Multiplier = options.Controller.RateMultiplier }, options.Controller.CallTimeout, time);
        using var cluster = await ClusterConnection.OpenAsync(options.Controller, time, loggers, stop);
        var from = new ClusterMark(options.FromClusterId, options.FromClusterUid);
        var to = new ClusterMark(options.Controller.ClusterId, cluster.Uid);
        if (from.Value == to.Value)
        {
            throw new CommandException(ExitCodes.Usage, $"--from-cluster-id, --from-cluster-uid: {from.Value} is this cluster: its addresses need no adoption.");
        }

        if (await cluster.CrdIsMissingAsync(stop))
        {
            throw new CommandException(ExitCodes.Failed, "The cluster has no kind EIPClaim: apply deploy/crd/podeip.io_eipclaims.yaml first, or start the controller once with --install-crd.");
        }

        var records = AdoptionPlan.Of(await new AdoptionSight(from, to, cluster, cloud, options, _progress).LookAsync(stop), options.All);
        try
        {
            if (!options.DryRun)
            {
                await WorkAsync(records, from, to, cluster, cloud, stop);
            }
        }
        finally
        {
            Print(records, from, to);
        }

        return options.DryRun || !records.Any(r => r.IsOrphaned || Result(r).Result is "failed" or "unfinished") ? ExitCodes.Stopped : ExitCodes.Failed;
    }, program);

    private async Task WorkAsync(IReadOnlyList<AdoptionRecord> records, ClusterMark from, ClusterMark to, ClusterConnection cluster, PacedCloud cloud, CancellationToken cancellationToken)
    {
        var claims = new ClaimAdoption(cluster, new KubernetesClaimWriter(cluster.Api, options.Controller.Names), time);
        foreach (var batch in records.Where(r => r.Action is not AdoptionAction.Leave).Chunk(MostPerCall))
        {
            var tagged = await TagAsync([.. batch.Where(r => r.Action is not AdoptionAction.Complete)], from, to, cloud, cancellationToken);
            foreach (var record in batch.Where(r => r.Action is AdoptionAction.Complete || tagged.Contains(r.Address.Id)))
            {
                var problem = record.Claim is null ? null : await claims.TakeAsync(record, cancellationToken);
                _claims += problem is null && record.NewClaim is not null ? 1 : 0;
                _results[record.Address.Id] = problem is null ? ("adopted", record.Why) : ("failed", problem);
            }

            _progress.At(() => $"{_results.Count} of {records.Count(r => r.Action is not AdoptionAction.Leave)} addresses done");
        }
    }

    /// <summary>Gives addresses this cluster's tag; what is no longer the lost cluster's, or not free any more, is left.</summary>
    private async Task<HashSet<string>> TagAsync(IReadOnlyList<AdoptionRecord> records, ClusterMark from, ClusterMark to, PacedCloud cloud, CancellationToken cancellationToken)
    {
        var tagged = new HashSet<string>(StringComparer.Ordinal);
        if (records.Count == 0)
        {
            return tagged;
        }

        var now = (await cloud.OfIdsAsync(records.Select(r => r.Address.Id), cancellationToken)).ToDictionary(a => a.Id, StringComparer.Ordinal);
        foreach (var record in records)
        {
            if (now.GetValueOrDefault(record.Address.Id) is { } address && from.IsOn(address.Tags) && address.Name == record.Address.Name && address.Status == record.Address.Status)
            {
                tagged.Add(address.Id);
            }
            else
            {
                _results[record.Address.Id] = ("failed", "it changed meanwhile: run again");
            }
        }

        try
        {
            var failed = tagged.Count == 0 ? [] : await cloud.WriteAsync(CloudAction.TagResources, (c, ct) => c.TagAddressesAsync([.. tagged], to.Tags, ct), cancellationToken);
            foreach (var one in failed)
            {
                tagged.Remove(one.AddressId);
                _results[one.AddressId] = ("failed", $"{one.Code}: {one.Message}");
            }
        }
        catch (CloudException e)
        {
            foreach (var id in tagged)
            {
                _results[id] = ("failed", e.ErrorClass is CloudErrorClass.Permission ? $"not allowed: {e.Message}" : $"{e.Message}; run again");
            }

            tagged.Clear();
        }

        return tagged;
    }

    private (string Result, string Why) Result(AdoptionRecord record) =>
        _results.TryGetValue(record.Address.Id, out var result) ? result
        : record.Action is AdoptionAction.Leave ? ("left", record.Why)
        : options.DryRun ? ("planned", record.Why)
        : ("unfinished", record.Why);

    private void Print(IReadOnlyList<AdoptionRecord> records, ClusterMark from, ClusterMark to)
    {
        var report = new AdoptionReport
        {
            From = from.Value,
            To = to.Value,
            DryRun = options.DryRun,
            Addresses = [.. records.Select(r => new AdoptionRow(
                r.Address.Id, r.Address.PublicIp, r.Claim?.ToString(), r.IsFixed, r.Address.Status.ToString(), r.Action.ToString(), Result(r).Result, Result(r).Why))],
            Summary = new AdoptionSummary
            {
                DryRun = options.DryRun,
                Adopted = records.Count(r => Result(r).Result is "adopted" || (options.DryRun && r.Action is not AdoptionAction.Leave)),
                ClaimsMade = options.DryRun ? records.Count(r => r.NewClaim is not null) : _claims,
                Orphaned = records.Count(r => r.IsOrphaned),
                NotFixed = records.Count(r => !r.IsFixed),
                Failed = records.Count(r => Result(r).Result is "failed" or "unfinished" && !options.DryRun),
            },
        };
        if (options.Json)
        {
            output.WriteLine(JsonSerializer.Serialize(report, CommandJson.Default.AdoptionReport));
            return;
        }

        foreach (var line in report.Lines())
        {
            output.WriteLine(line);
        }
    }
}
