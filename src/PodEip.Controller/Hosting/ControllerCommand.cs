using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using PodEip.Controller.Adoption;
using PodEip.Controller.Commands;
using PodEip.Controller.Egress;
using PodEip.Controller.Teardown;
using PodEip.Hosting;

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
    /// <param name="teardown">Runs teardown.</param>
    /// <param name="adopt">Runs adoption.</param>
    /// <param name="routes">Shows routes.</param>
    public static async Task<int> InvokeAsync(
        IReadOnlyList<string> args, Surroundings surroundings, TextWriter output, TextWriter error, Func<ControllerOptions, Task<int>> run,
        Func<TeardownOptions, Task<int>>? teardown = null, Func<AdoptionOptions, Task<int>>? adopt = null, Func<RoutesOptions, Task<int>>? routes = null)
    {
        var flags = new ControllerFlags();
        SubCommand[] others =
        [
            new TeardownCommand(flags, teardown ?? (_ => Task.FromResult(0))), new AdoptCommand(flags, adopt ?? (_ => Task.FromResult(0))),
            new RoutesCommand(flags, routes ?? (_ => Task.FromResult(0))),
        ];
        var command = new RootCommand("Gives annotated Pods their own elastic public IPs on Tencent Cloud.");
        foreach (var flag in flags.All)
        {
            command.Options.Add(flag.Option);
        }

        foreach (var other in others)
        {
            command.Subcommands.Add(other.Command);
        }

        AddExamples(command, others);
        command.SetAction(_ => 0);
        var result = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var chosen = others.FirstOrDefault(other => other.Command == result.CommandResult.Command);
        if (result.Action is not (null or ParseErrorAction) && result.Action != command.Action && result.Action != chosen?.Command.Action)
        {
            // Help, or the version.
            return await result.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = null });
        }

        List<string> problems = [.. result.Errors.Select(e => e.Message)];
        if (chosen is not null)
        {
            return chosen.Read(result, surroundings, problems) is { } ready ? await ready() : await RefuseAsync(error, problems, $"podeip-controller {chosen.Command.Name}");
        }

        var options = new ControllerOptionsReader(flags, result, surroundings).Read(out var found);
        problems.AddRange(found);
        return options is not null && problems.Count == 0 ? await run(options) : await RefuseAsync(error, problems, "podeip-controller");
    }

    private static async Task<int> RefuseAsync(TextWriter error, List<string> problems, string command)
    {
        foreach (var problem in problems)
        {
            await error.WriteLineAsync($"podeip-controller: {problem}");
        }

        await error.WriteLineAsync($"podeip-controller: see {command} --help");
        return ExitCodes.Usage;
    }

    private static void AddExamples(RootCommand command, SubCommand[] others)
    {
        var help = command.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, others);
    }

    private sealed class HelpWithExamples(HelpAction help, SubCommand[] others) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            var asked = others.FirstOrDefault(other => other.Command == parseResult.CommandResult.Command);
            parseResult.InvocationConfiguration.Output.WriteLine(asked?.Examples ?? Examples);
            return code;
        }
    }
}
