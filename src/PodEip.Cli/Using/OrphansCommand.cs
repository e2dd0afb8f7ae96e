using System.CommandLine;
using System.Text.Json.Serialization;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Cli.Commands;
using PodEip.Cli.Listing;
using PodEip.Cli.Writing;
using PodEip.Controller.Commands;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Cli.Using;

/// <summary><c>kubectl eip orphans</c>.</summary>
internal sealed class OrphansCommand : CliCommand
{
    private readonly ClusterOptions _cluster;
    private readonly CloudOptions _cloud;
    private readonly Option<string?> _output;

    /// <summary>Declares it.</summary>
    public OrphansCommand(ClusterOptions cluster)
        : base("orphans", "Lists addresses that are paid for and serve no Pod: kept ones, and those that no claim refers to.")
    {
        _cluster = cluster;
        _cloud = new CloudOptions(Command);
        _output = OneOf("--output", "Form of the result. Default: a table.", ["json"], "-o");
    }

    /// <inheritdoc/>
    public override string Examples => """
        Examples:
          kubectl eip orphans                                                  # kept for Pods that are gone
          kubectl eip orphans --region ap-guangzhou --cluster-id cls-abcdefgh  # and what the cloud has besides

        WHY is one of: Retained (its Pod is gone), WorkloadGone (its workload too), Fixed (marked as fixed in the cloud, and
        its claim is not there), Stock (bought, and not given to a claim yet, or not any more: the controller's to release).

        Exit codes: 0 none; 1 failed; 2 wrong usage; 3 there are some.
        """;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CliRun run, CancellationToken stop)
    {
        using var cluster = _cluster.Open(run);
        var claims = await cluster.ClaimsAsync(null, null, stop);
        var now = run.Time.GetUtcNow();
        List<OrphanRow> rows =
        [
            .. claims.Where(c => c.Status.Phase is ClaimPhase.Retained && c.Status.AddressId is not null).Select(c => new OrphanRow(
                c.Status.AddressId!, c.Status.PublicIp, c.Status.Condition(ConditionTypes.Ready)?.Reason ?? Reasons.Retained, c.Key.ToString(), c.Status.RetainedSince)),
        ];
        var (cloud, clusterId) = (_cloud.Open(run), _cloud.ClusterId(run));
        if (cloud is not null)
        {
            using (cloud)
            {
                if (clusterId is null)
                {
                    throw new CommandException(CliExitCodes.Usage, "--cluster-id: is required with --region: it is part of the tag of this cluster's addresses");
                }

                var system = await cluster.Api.GetAsync(ResourcePath.Core("v1", "namespaces", name: "kube-system"), KubernetesJsonContext.Default.PartialObject, stop);
                var own = await CloudOptions.Paced(cloud, run.Time).OfMarkAsync(new ClusterMark(clusterId, system?.Metadata.Uid ?? ""), stop);
                var claimed = claims.Select(c => c.Status.AddressId).OfType<string>().ToHashSet(StringComparer.Ordinal);
                rows.AddRange(own.Where(a => !claimed.Contains(a.Id)).OrderBy(a => a.Id, StringComparer.Ordinal)
                    .Select(a => new OrphanRow(a.Id, a.PublicIp, AddressName.IsFixed(a.Name) ? "Fixed" : "Stock", null, null)));
            }
        }

        if (run.Value(_output) is "json")
        {
            await run.Terminal.Output.WriteLineAsync(ClaimText.Indented(new OrphanReport(rows), OrphanJson.Default.OrphanReport));
        }
        else if (rows.Count > 0)
        {
            foreach (var line in TextTable.Lines(["ADDRESS-ID", "EIP", "WHY", "CLAIM", "FOR"], [.. rows.Select(r => (IReadOnlyList<string>)[r.Id, r.PublicIp ?? "-", r.Why, r.Claim ?? "-", Age.Since(r.Since, now)])]))
            {
                await run.Terminal.Output.WriteLineAsync(line);
            }
        }

        await run.Terminal.Error.WriteLineAsync(
            (rows.Count == 0 ? "No address serves nothing." : "Give a kept one back: kubectl eip reclaim.") + (cloud is null ? " The cloud was not asked: --region and --cluster-id." : ""));
        return rows.Count == 0 ? CliExitCodes.Fine : CliExitCodes.Trouble;
    }
}

/// <summary>Addresses that serve no Pod.</summary>
internal sealed record OrphanReport(IReadOnlyList<OrphanRow> Addresses);

/// <summary>An address that serves no Pod.</summary>
internal sealed record OrphanRow(string Id, string? PublicIp, string Why, string? Claim, DateTimeOffset? Since);

/// <summary>JSON of orphans.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrphanReport))]
internal sealed partial class OrphanJson : JsonSerializerContext;
