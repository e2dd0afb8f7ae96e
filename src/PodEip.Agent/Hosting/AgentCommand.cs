using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using PodEip.Hosting;

namespace PodEip.Agent.Hosting;

/// <summary>The command line of <c>podeip-agent</c>.</summary>
public static class AgentCommand
{
    private const string Examples = """
        Examples:
          # In a DaemonSet with hostNetwork and NET_ADMIN; PODEIP_NODE_NAME comes from spec.nodeName.
          podeip-agent

          # As the cluster's only ip-masq-agent, with the config mounted as a file.
          podeip-agent --masquerade full --config-file /etc/config/ip-masq-agent

          # Take the rules away before the agent is uninstalled.
          podeip-agent --cleanup

        Every flag has a twin in the environment: --node-name is PODEIP_NODE_NAME. The flag wins.
        The rules stay in the kernel when the agent ends, however it ends; only --cleanup deletes them.

        Exit codes: 0 stopped as asked, or cleaned up; 1 could not start, or failed; 2 wrong usage.
        """;

    /// <summary>Reads the command line and runs the agent, or prints help or what is wrong.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="surroundings">The environment.</param>
    /// <param name="output">For help.</param>
    /// <param name="error">For what is wrong.</param>
    /// <param name="run">Runs the agent; returns the exit code.</param>
    public static async Task<int> InvokeAsync(IReadOnlyList<string> args, Surroundings surroundings, TextWriter output, TextWriter error, Func<AgentOptions, Task<int>> run)
    {
        ArgumentNullException.ThrowIfNull(error);
        ArgumentNullException.ThrowIfNull(run);
        var flags = new AgentFlags();
        var command = new RootCommand("Keeps the source address of Pods with an EIP on their node: Pod EIP's ip-masq-agent, or a guard beside another one.");
        foreach (var flag in flags.All)
        {
            command.Options.Add(flag.Option);
        }

        var help = command.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        command.SetAction(_ => 0);
        var result = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Action is not (null or ParseErrorAction) && result.Action != command.Action)
        {
            // Help, or the version.
            return await result.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = null });
        }

        List<string> problems = [.. result.Errors.Select(e => e.Message)];
        var options = new AgentOptionsReader(flags, result, surroundings).Read(out var found);
        problems.AddRange(found);
        if (options is not null && problems.Count == 0)
        {
            return await run(options);
        }

        foreach (var problem in problems)
        {
            await error.WriteLineAsync($"podeip-agent: {problem}");
        }

        await error.WriteLineAsync("podeip-agent: see podeip-agent --help");
        return ExitCodes.Usage;
    }

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine(Examples);
            return code;
        }
    }
}
