using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PodEip.Controller.Hosting;

/// <summary>The command line of <c>podeip-controller</c>.</summary>
public static class ControllerCommand
{
    private const string Examples = """
        Examples:
          # In a Pod: rights from its service account, credentials from the CVM's role.
          podeip-controller --cluster-id cls-abcdefgh --region ap-guangzhou --vpc-id vpc-1a2b3c4d

          # On a laptop, with keys from the environment.
          export TENCENTCLOUD_SECRET_ID=... TENCENTCLOUD_SECRET_KEY=...
          podeip-controller --kubeconfig ~/.kube/config --cluster-id cls-abcdefgh --region ap-guangzhou --install-crd

          # Against the simulator.
          podeip-controller --cluster-id demo --region ap-guangzhou --cloud-endpoint http://127.0.0.1:9000

        Every flag has a twin in the environment: --cluster-id is PODEIP_CLUSTER_ID. The flag wins.
        Keys are never flags: TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY and TENCENTCLOUD_TOKEN, workload identity, or
        the CVM's role.

        Exit codes: 0 stopped as asked; 1 could not start, or failed; 2 wrong usage; 3 another process leads now.
        """;

    /// <summary>Reads the command line and runs the controller, or prints help or what is wrong.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="surroundings">The environment.</param>
    /// <param name="output">For help.</param>
    /// <param name="error">For what is wrong.</param>
    /// <param name="run">Runs the controller; returns the exit code.</param>
    public static async Task<int> InvokeAsync(IReadOnlyList<string> args, Surroundings surroundings, TextWriter output, TextWriter error, Func<ControllerOptions, Task<int>> run)
    {
        var flags = new ControllerFlags();
        var command = new RootCommand("Gives annotated Pods their own elastic public IPs on Tencent Cloud.");
        foreach (var flag in flags.All)
        {
            command.Options.Add(flag.Option);
        }

        AddExamples(command);
        command.SetAction(_ => 0);
        var result = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Action is not (null or ParseErrorAction) && result.Action != command.Action)
        {
            // Help, or the version.
            return await result.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = null });
        }

        var options = new ControllerOptionsReader(flags, result, surroundings).Read(out var problems);
        if (options is not null && result.Errors.Count == 0)
        {
            return await run(options);
        }

        foreach (var problem in result.Errors.Select(e => e.Message).Concat(problems))
        {
            await error.WriteLineAsync($"podeip-controller: {problem}");
        }

        await error.WriteLineAsync("podeip-controller: see podeip-controller --help");
        return ExitCodes.Usage;
    }

    private static void AddExamples(RootCommand command)
    {
        var help = command.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
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
