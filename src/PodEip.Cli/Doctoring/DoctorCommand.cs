using System.CommandLine;
using System.Text.Json.Serialization;
using PodEip.Cli.Commands;
using PodEip.Cli.Doctoring.Checks;
using PodEip.Cli.Listing;
using PodEip.Cli.Writing;
using PodEip.Controller.Commands;
using PodEip.Controller.Egress;
using PodEip.Controller.Hosting;
using PodEip.Kubernetes.Api;

namespace PodEip.Cli.Doctoring;

/// <summary><c>kubectl eip doctor</c>.</summary>
internal sealed class DoctorCommand : CliCommand
{
    private static readonly IDoctorCheck[] Checks =
    [
        new CrdCheck(), new ControllerCheck(), new WebhookCheck(), new SlotsCheck(), new AgentCheck(), new MasqueradeCheck(), new ClaimsCheck(), new RoutesCheck(),
        new PermissionsCheck(), new ClockCheck(),
    ];

    private readonly ClusterOptions _cluster;
    private readonly CloudOptions _cloud;
    private readonly Option<string?> _output;
    private readonly Option<bool> _fix;
    private readonly Option<bool> _yes;

    /// <summary>Declares it.</summary>
    public DoctorCommand(ClusterOptions cluster)
        : base("doctor", "Looks whether the installation is sound, with whatever rights and credentials you have.")
    {
        _cluster = cluster;
        _cloud = new CloudOptions(Command);
        _output = OneOf("--output", "Form of the result. Default: text.", ["json"], "-o");
        _fix = Switch("--fix", "Add the missing routes to EIP, after showing them. Needs --region and --cluster-id.");
        _yes = Switch("--yes", "With --fix: do not ask.", "-y");
    }

    /// <inheritdoc/>
    public override string Examples => """
        Examples:
          kubectl eip doctor                                                          # what the cluster alone tells
          kubectl eip doctor --region ap-guangzhou                                    # also credentials, permissions and clock
          kubectl eip doctor --region ap-guangzhou --cluster-id cls-abcdefgh --fix    # add missing routes

        Nothing is changed without --fix, and nothing is ever bought: permissions to write are probed with ids that can't exist.

        Exit codes: 0 sound; 1 failed; 2 wrong usage; 3 there is trouble.
        """;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CliRun run, CancellationToken stop)
    {
        using var cluster = _cluster.Open(run);
        var options = _cloud.Read(run);
        if (run.Value(_fix) && (options is null || _cloud.ClusterId(run) is null))
        {
            throw new CommandException(CliExitCodes.Usage, "--fix: needs --region and --cluster-id");
        }

        using var cloud = options is null ? null : CloudOptions.Connect(options, run.Time);
        var sight = new DoctorSight(cluster, cloud, options, run.Time);
        List<DoctorFinding> all = [];
        foreach (var check in Checks)
        {
            all.AddRange(await LookAsync(check, sight, stop));
        }

        if (run.Value(_output) is "json")
        {
            await run.Terminal.Output.WriteLineAsync(ClaimText.Indented(new DoctorReport(all), DoctorJson.Default.DoctorReport));
        }
        else
        {
            await WriteAsync(run.Terminal, all);
        }

        if (run.Value(_fix))
        {
            return await FixAsync(run, stop);
        }

        return all.Exists(f => f.State is DoctorState.Trouble) ? CliExitCodes.Trouble : CliExitCodes.Fine;
    }

    private static async Task<IReadOnlyList<DoctorFinding>> LookAsync(IDoctorCheck check, DoctorSight sight, CancellationToken stop)
    {
        try
        {
            var found = await check.RunAsync(sight, stop);
            return found.Count > 0 ? found : [new(check.Name, DoctorState.Ok, "", null)];
        }
        catch (KubeApiException e) when (!e.IsTransient)
        {
            return [new(check.Name, DoctorState.Skipped, e.Message, null)];
        }
    }

    private static async Task WriteAsync(Terminal terminal, List<DoctorFinding> all)
    {
        foreach (var finding in all)
        {
            var (word, colour) = finding.State switch
            {
                DoctorState.Ok => ("ok", Colour.Green),
                DoctorState.Skipped => ("skipped", Colour.Yellow),
                DoctorState.Note => ("note", Colour.Yellow),
                _ => ("TROUBLE", Colour.Red),
            };
            await terminal.Output.WriteLineAsync($"{terminal.Paint(word.PadRight(8), colour)} {finding.Check.PadRight(12)} {finding.Text.ReplaceLineEndings(" ")}".TrimEnd());
            if (finding.Fix is { } fix)
            {
                await terminal.Output.WriteLineAsync($"{"",8} {"",12} -> {fix}");
            }
        }
    }

    /// <summary>What <c>kubectl eip routes</c> does: first shown, then done.</summary>
    private async Task<int> FixAsync(CliRun run, CancellationToken stop)
    {
        List<string> problems = [];
        var flags = new ControllerFlags();
        List<string> words = ["--cluster-id", _cloud.ClusterId(run)!];
        words.AddRange(_cloud.Words(run));
        words.AddRange(_cluster.Words(run));
        RoutesOptions? read = null;
        var command = new RoutesCommand(flags, options => { read = options; return Task.FromResult(CliExitCodes.Fine); });
        if (command.Read(command.Command.Parse(words), run.Surroundings, problems) is not { } ready)
        {
            throw new CommandException(CliExitCodes.Usage, string.Join("; ", problems));
        }

        await ready();
        using var loggers = PodEip.Hosting.Logs.Create(read!.Controller.LogLevel, read.Controller.JsonLogs);
        Task<int> RoutesAsync(bool apply) => new RoutesProcess(read with { Apply = apply }, run.Terminal.Output, run.Terminal.Error, run.Time, loggers, CliRoot.Name).RunAsync(stop);
        var shown = await RoutesAsync(apply: false);
        if (shown != CliExitCodes.Fine)
        {
            return shown;
        }

        if (!run.Value(_yes))
        {
            if (!run.Terminal.IsInteractive)
            {
                throw new CommandException(CliExitCodes.Usage, "Nobody can be asked here whether to add these routes: say --yes.");
            }

            await run.Terminal.Error.WriteAsync("Add these routes? [y/N] ");
            if ((await run.Terminal.Input.ReadLineAsync(stop))?.Trim() is not ("y" or "Y" or "yes"))
            {
                return CliExitCodes.Failed;
            }
        }

        return await RoutesAsync(apply: true);
    }
}

/// <summary>All findings.</summary>
internal sealed record DoctorReport(IReadOnlyList<DoctorFinding> Findings);

/// <summary>JSON of findings.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class DoctorJson : JsonSerializerContext;
