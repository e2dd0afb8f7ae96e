using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using PodEip.Api;
using PodEip.Cli.Commands;
using PodEip.Cli.Listing;
using PodEip.Cli.Reading;
using PodEip.Cli.Why;
using PodEip.Cli.Writing;
using PodEip.Controller.Commands;
using PodEip.Controller.Explaining;
using YamlDotNet.Core;

namespace PodEip.Cli.Planning;

/// <summary><c>kubectl eip plan FILE</c>.</summary>
internal sealed class PlanCommand : CliCommand
{
    private readonly ClusterOptions _cluster;
    private readonly CloudOptions _cloud;
    private readonly Argument<string> _file;
    private readonly Option<string?> _output;
    private readonly Option<string?> _network;

    /// <summary>Declares it.</summary>
    public PlanCommand(ClusterOptions cluster)
        : base("plan", "Tells whether the Pods of a manifest will get their addresses: annotations, id lists, slots, quotas.")
    {
        _cluster = cluster;
        _file = Required("FILE", "Manifest of workloads or Pods, YAML or JSON, several documents; - for standard input.");
        _cloud = new CloudOptions(Command);
        _output = OneOf("--output", "Form of the result. Default: text.", ["json"], "-o");
        _network = OneOf("--default-network", "As the controller's flag. Default: tke-route-eni.", [PodEipNames.RouteEni, PodEipNames.DirectEni, "none"]);
    }

    /// <inheritdoc/>
    public override string Examples => """
        Examples:
          kubectl eip plan statefulset.yaml
          kustomize build . | kubectl eip plan - --region ap-guangzhou    # the account's quotas from the cloud

        Nothing is applied. Pods that are there already count as taking their slots. Without --region the quotas are those
        that the leading controller has read last, if you may look at its metrics (pods/proxy in its namespace).

        Exit codes: 0 all of them will; 1 failed; 2 wrong usage; 3 there is trouble.
        """;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CliRun run, CancellationToken stop)
    {
        using var cluster = _cluster.Open(run);
        var workloads = Read(run);
        var nodes = await new NodeReader(cluster).ReadAsync(taken: true, node: null, stop);
        var quotas = await new QuotaReader(cluster, _cloud, run).ReadAsync(stop);
        var lines = new PlanRules(WhyCommand.Settings(cluster.Names, run.Value(_network))).Of(workloads, nodes.Value, quotas.Value, quotas.Denied);
        if (run.Value(_output) is "json")
        {
            await run.Terminal.Output.WriteLineAsync(ClaimText.Indented(new PlanReport(lines), PlanJson.Default.PlanReport));
        }
        else
        {
            foreach (var line in lines)
            {
                await run.Terminal.Output.WriteLineAsync($"{run.Terminal.Paint(line.IsTrouble ? "TROUBLE" : "ok     ", line.IsTrouble ? Colour.Red : Colour.Green)}  {line.About}: {line.Text}");
            }
        }

        return lines.Any(l => l.IsTrouble) ? CliExitCodes.Trouble : CliExitCodes.Fine;
    }

    private IReadOnlyList<PlannedWorkload> Read(CliRun run)
    {
        var file = run.Value(_file);
        try
        {
            using var text = file is "-" ? null : File.OpenText(file);
            List<PlannedWorkload> found = [.. YamlDocuments.Read(text ?? run.Terminal.Input).Select(PlannedWorkload.Of).OfType<PlannedWorkload>()];
            return found.Count > 0 ? found : throw new CommandException(CliExitCodes.Failed, $"{file} holds no Pod, StatefulSet, Deployment, ReplicaSet, Job or CronJob.");
        }
        catch (Exception e) when (e is YamlException or JsonException or InvalidOperationException or InvalidCastException)
        {
            throw new CommandException(CliExitCodes.Failed, $"{file} can't be read as Kubernetes objects: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(CliExitCodes.Failed, $"{file} can't be opened: {e.Message}", e);
        }
    }
}

/// <summary>A plan.</summary>
internal sealed record PlanReport(IReadOnlyList<PlanLine> Lines);

/// <summary>JSON of a plan.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PlanReport))]
internal sealed partial class PlanJson : JsonSerializerContext;
