using System.CommandLine;
using PodEip.Api.Resources;
using PodEip.Cli.Commands;

namespace PodEip.Cli.Listing;

/// <summary><c>kubectl eip list</c>.</summary>
internal sealed class ListCommand : CliCommand
{
    private readonly ClusterOptions _cluster;
    private readonly Option<bool> _all;
    private readonly Option<string?> _selector;
    private readonly Option<string?> _output;
    private readonly Option<bool> _watch;
    private readonly Option<bool> _noHeaders;

    /// <summary>Declares it.</summary>
    public ListCommand(ClusterOptions cluster)
        : base("list", "Lists claims: which Pod has which address, and what the others wait for.")
    {
        _cluster = cluster;
        Command.Aliases.Add("ls");
        _all = Switch("--all-namespaces", "Of all namespaces.", "-A");
        _selector = Text("--selector", "SELECTOR", "Only claims with these labels.", "-l");
        _output = OneOf("--output", "Form of the result. Default: a table.", ["wide", "json", "yaml", "name"], "-o");
        _watch = Switch("--watch", "Go on and show each change.", "-w");
        _noHeaders = Switch("--no-headers", "Without the line of heads.");
    }

    /// <inheritdoc/>
    public override string Examples => """
        Examples:
          kubectl eip list
          kubectl eip list -A -o wide
          kubectl eip list -n shop --watch
          kubectl eip list -A -o json | jq -r '.items[].status.publicIP'
        """;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CliRun run, CancellationToken stop)
    {
        using var cluster = _cluster.OpenAlone(run);
        var ns = run.Value(_all) ? null : cluster.Namespace;
        if (run.Value(_watch))
        {
            await new ClaimWatch(cluster, run, ns, run.Value(_selector), run.Value(_output), run.Value(_noHeaders)).RunAsync(stop);
            return CliExitCodes.Fine;
        }

        var claims = await cluster.ClaimsAsync(ns, run.Value(_selector), stop);
        await WriteAsync(run, claims, ns);
        return CliExitCodes.Fine;
    }

    private async Task WriteAsync(CliRun run, IReadOnlyList<EipClaim> claims, string? ns)
    {
        var output = run.Terminal.Output;
        switch (run.Value(_output))
        {
            case "json":
                ClaimText.WriteJson(output, claims);
                break;
            case "yaml":
                ClaimText.WriteYaml(output, claims);
                break;
            case "name":
                ClaimText.WriteNames(output, claims);
                break;
            case var form when claims.Count > 0:
                foreach (var line in ClaimTable.Lines(claims, ns is null, form is "wide", run.Time.GetUtcNow()).Skip(run.Value(_noHeaders) ? 1 : 0))
                {
                    await output.WriteLineAsync(line);
                }

                break;
            default:
                await run.Terminal.Error.WriteLineAsync(ns is null ? "No claims found." : $"No claims found in namespace {ns}.");
                break;
        }
    }
}
