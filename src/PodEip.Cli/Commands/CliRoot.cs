using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using PodEip.Cli.Completing;
using PodEip.Cli.Doctoring;
using PodEip.Cli.Handing;
using PodEip.Cli.Listing;
using PodEip.Cli.Planning;
using PodEip.Cli.Reclaiming;
using PodEip.Cli.Using;
using PodEip.Cli.Why;
using PodEip.Cli.Writing;
using PodEip.Controller.Commands;
using PodEip.Hosting;

namespace PodEip.Cli.Commands;

/// <summary>The command line of <c>kubectl eip</c>.</summary>
internal sealed class CliRoot
{
    /// <summary>As people type it.</summary>
    public const string Name = "kubectl eip";

    private const string Examples = """
        Examples:
          kubectl eip list -A                 # every claim of the cluster
          kubectl eip why web-0 -n shop       # what a Pod's address waits for, and what to do
          kubectl eip doctor                  # is the installation sound?
          kubectl eip plan statefulset.yaml   # will these replicas get their addresses?

        """ + CliExitCodes.Words;

    /// <summary>Declares it.</summary>
    /// <param name="terminal">Where its commands read and write.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Asks to stop.</param>
    public CliRoot(Terminal terminal, TimeProvider time, CancellationToken stop)
    {
        var cluster = new ClusterOptions();
        Commands =
        [
            new ListCommand(cluster), new WhyCommand(cluster), new UsageCommand(cluster), new OrphansCommand(cluster), new ReclaimCommand(cluster), new DoctorCommand(cluster),
            new PlanCommand(cluster), .. HandedCommands.Of(terminal, time, stop), new CompletionCommand(), new CompleteCommand(cluster, this),
        ];
        Root = new RootCommand("Shows and looks after the public addresses of Pods (Pod EIP).");
        foreach (var option in cluster.All)
        {
            option.Recursive = true;
            Root.Options.Add(option);
        }

        foreach (var command in Commands)
        {
            Root.Subcommands.Add(command.Command);
        }

        var help = Root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, Commands);
    }

    /// <summary>Its commands.</summary>
    public IReadOnlyList<CliCommand> Commands { get; }

    /// <summary>As the command-line library knows it.</summary>
    public RootCommand Root { get; }

    /// <summary>Reads the command line and runs the command, or prints help or what is wrong.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="terminal">Where it reads and writes.</param>
    /// <param name="surroundings">The environment.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Asks to stop.</param>
    /// <returns>Of <see cref="CliExitCodes"/>.</returns>
    public static async Task<int> InvokeAsync(IReadOnlyList<string> args, Terminal terminal, Surroundings surroundings, TimeProvider time, CancellationToken stop)
    {
        var root = new CliRoot(terminal, time, stop);
        // What is to be completed are words, whatever they begin with.
        IReadOnlyList<string> words = args.Count == 0 ? ["--help"] : args[0] is CompleteCommand.Word ? [CompleteCommand.Word, "--", .. args.Skip(1)] : args;
        var result = root.Root.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var chosen = root.Commands.FirstOrDefault(command => command.Command == result.CommandResult.Command);
        if (result.Action is not (null or ParseErrorAction) && result.Action != chosen?.Command.Action)
        {
            // Help, or the version. The controller's commands have an action of their own, which does nothing.
            return await result.InvokeAsync(new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error, ProcessTerminationTimeout = null }, CancellationToken.None);
        }

        List<string> problems = [.. result.Errors.Select(e => e.Message)];
        if (chosen is null || problems.Count > 0)
        {
            foreach (var problem in problems)
            {
                await terminal.Error.WriteLineAsync($"{Name}: {problem}");
            }

            await terminal.Error.WriteLineAsync($"{Name}: see {Name}{(chosen is null ? "" : " " + chosen.Command.Name)} --help");
            return CliExitCodes.Usage;
        }

        return await CommandRun.GuardAsync(terminal.Error, () => chosen.RunAsync(new CliRun(result, terminal, surroundings, time), stop), Name);
    }

    private sealed class HelpWithExamples(HelpAction help, IReadOnlyList<CliCommand> commands) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            var asked = commands.FirstOrDefault(command => command.Command == parseResult.CommandResult.Command);
            parseResult.InvocationConfiguration.Output.WriteLine(asked?.Examples ?? Examples);
            return code;
        }
    }
}
