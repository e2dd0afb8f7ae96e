using System.CommandLine;
using System.Text.Json;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Explain;
using PodEip.Cli.Commands;
using PodEip.Cli.Listing;
using PodEip.Cli.Writing;
using PodEip.Controller.Explaining;

namespace PodEip.Cli.Why;

/// <summary><c>kubectl eip why POD</c>.</summary>
internal sealed class WhyCommand : CliCommand
{
    private readonly ClusterOptions _cluster;
    private readonly Argument<string> _pod;
    private readonly Option<string?> _output;
    private readonly Option<string?> _network;

    /// <summary>Declares it.</summary>
    public WhyCommand(ClusterOptions cluster)
        : base("why", "Tells on one page how a Pod's address stands, the cause if it has none, and what to do next.")
    {
        _cluster = cluster;
        _pod = Required("POD", "Name of the Pod, or of its claim, which is the same. NAMESPACE/NAME will do.");
        _output = OneOf("--output", "Form of the result. Default: a page of text.", ["json", "yaml"], "-o");
        _network = OneOf("--default-network", "As the controller's flag. Default: tke-route-eni.", [PodEipNames.RouteEni, PodEipNames.DirectEni, "none"]);
    }

    /// <inheritdoc/>
    public override string Examples => """
        Examples:
          kubectl eip why web-0 -n shop
          kubectl eip why shop/web-0 -o json | jq -r '.findings[0].next'

        Exit codes: 0 well, or under way; 1 it could not be looked at; 2 wrong usage; 3 there is trouble, or neither a Pod nor a claim.
        """;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CliRun run, CancellationToken stop)
    {
        using var cluster = _cluster.OpenAlone(run);
        var key = KeyOf(run.Value(_pod), cluster.Namespace);
        var seen = await new SnapshotReader(cluster, run.Time).ReadAsync(key, Settings(cluster.Names, run.Value(_network)), stop);
        var explanation = Explainer.Of(seen);
        switch (run.Value(_output))
        {
            case "json":
                await run.Terminal.Output.WriteLineAsync(ClaimText.Indented(explanation, ExplainJson.Default.Explanation));
                break;
            case "yaml":
                YamlText.Write(run.Terminal.Output, JsonSerializer.SerializeToElement(explanation, ExplainJson.Default.Explanation));
                break;
            default:
                foreach (var line in new WhyText(run.Terminal, seen.Now).Lines(explanation))
                {
                    await run.Terminal.Output.WriteLineAsync(line);
                }

                break;
        }

        return explanation.Verdict is Verdict.Trouble || seen is { Pod: null, Claim: null } ? CliExitCodes.Trouble : CliExitCodes.Fine;
    }

    /// <summary>A name as people write it.</summary>
    internal static ClaimKey KeyOf(string text, string ns)
    {
        // pod/NAME and eipc/NAME as kubectl prints them, too.
        var parts = text.Split('/');
        return parts is [var first, var name] ? new ClaimKey(first is "pod" or "pods" or PodEipNames.ShortName or PodEipNames.Singular or PodEipNames.Singular + "." + PodEipNames.Group ? ns : first, name) : new ClaimKey(ns, text);
    }

    /// <summary>How the controller reads Pods, as far as it is known here.</summary>
    internal static DemandSettings Settings(PodEipNames names, string? network) => new()
    {
        Names = names,
        DefaultNetwork = network switch { PodEipNames.DirectEni => DefaultNetwork.DirectEni, "none" => DefaultNetwork.None, _ => DefaultNetwork.RouteEni },
        // What it allows is its own matter: a refusal of its is on the claim.
        AllowPrepaid = true,
    };
}
