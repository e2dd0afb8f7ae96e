using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
using PodEip.Api.Resources;
using PodEip.Claims.Explain;
using PodEip.Cli.Commands;
using PodEip.Cli.Listing;
using PodEip.Cli.Reading;
using PodEip.Controller.Commands;
using PodEip.Controller.Explaining;

namespace PodEip.Cli.Using;

/// <summary><c>kubectl eip usage</c>.</summary>
internal sealed class UsageCommand : CliCommand
{
    private readonly ClusterOptions _cluster;
    private readonly CloudOptions _cloud;
    private readonly Option<string?> _output;

    /// <summary>Declares it.</summary>
    public UsageCommand(ClusterOptions cluster)
        : base("usage", "Shows addresses by state, the account's quotas, and the slots of each Node.")
    {
        _cluster = cluster;
        _cloud = new CloudOptions(Command);
        _output = OneOf("--output", "Form of the result. Default: tables.", ["json"], "-o");
    }

    /// <inheritdoc/>
    public override string Examples => """
        Examples:
          kubectl eip usage
          kubectl eip usage --region ap-guangzhou     # the account's quotas from the cloud, with credentials from the environment

        Without --region the quotas are those that the leading controller has read last, if you may look at its metrics
        (pods/proxy in its namespace).
        """;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CliRun run, CancellationToken stop)
    {
        using var cluster = _cluster.Open(run);
        var claims = await cluster.ClaimsAsync(null, null, stop);
        var nodes = await new NodeReader(cluster).ReadAsync(taken: true, node: null, stop);
        var quotas = await new QuotaReader(cluster, _cloud, run).ReadAsync(stop);
        var usage = new UsageReport(
            [.. claims.GroupBy(c => c.Status.Phase ?? "new", StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new StateUsage(g.Key, g.Count(), g.Count(c => c.Status is { AddressId: not null, Origin: AddressOrigin.Own }), g.Count(c => c.Status is { AddressId: not null, Origin: AddressOrigin.Given })))],
            quotas.Value is null ? null : [.. quotas.Value.Select(q => new QuotaUsage(q.Id, q.Current, q.Limit))],
            [.. (nodes.Value ?? []).Where(n => n.Slots is not null)]);
        if (run.Value(_output) is "json")
        {
            await run.Terminal.Output.WriteLineAsync(ClaimText.Indented(usage, UsageJson.Default.UsageReport));
        }
        else
        {
            await WriteAsync(run, usage);
        }

        foreach (var denied in new[] { nodes.Denied, quotas.Denied }.OfType<string>())
        {
            await run.Terminal.Error.WriteLineAsync(denied);
        }

        return CliExitCodes.Fine;
    }

    private static async Task WriteAsync(CliRun run, UsageReport usage)
    {
        List<string> lines = [.. TextTable.Lines(["CLAIMS", "COUNT", "BOUGHT", "GIVEN"], [.. usage.Claims.Select(s => (IReadOnlyList<string>)[s.State, Text(s.Count), Text(s.Own), Text(s.Given)])])];
        if (usage.Quotas is { } quotas)
        {
            lines.AddRange(["", .. TextTable.Lines(["QUOTA", "USED", "LIMIT", "LEFT"], [.. quotas.Select(q => (IReadOnlyList<string>)[q.Name, Text(q.Used), Text(q.Limit), Text(q.Limit - q.Used)])])]);
        }

        if (usage.Nodes.Count > 0)
        {
            lines.AddRange(["", .. TextTable.Lines(["NODE", "SLOTS", "TAKEN", "FREE"], [.. usage.Nodes.Select(n => (IReadOnlyList<string>)[n.Name, Text(n.Slots), Text(n.Taken), Text(n.Free)])])]);
        }

        foreach (var line in lines)
        {
            await run.Terminal.Output.WriteLineAsync(line);
        }
    }

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";
}

/// <summary>What is used.</summary>
internal sealed record UsageReport(IReadOnlyList<StateUsage> Claims, IReadOnlyList<QuotaUsage>? Quotas, IReadOnlyList<NodeFacts> Nodes);

/// <summary>Claims of a phase.</summary>
internal sealed record StateUsage(string State, int Count, int Own, int Given);

/// <summary>A quota of the account.</summary>
internal sealed record QuotaUsage(string Name, int Used, int Limit);

/// <summary>JSON of usage.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UsageReport))]
internal sealed partial class UsageJson : JsonSerializerContext;
