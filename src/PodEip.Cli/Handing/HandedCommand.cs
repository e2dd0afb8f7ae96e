using PodEip.Cli.Commands;
using PodEip.Controller.Commands;

namespace PodEip.Cli.Handing;

/// <summary>A command of <c>podeip-controller</c> that is offered here too, with its own flags.</summary>
/// <param name="inner">The command.</param>
internal sealed class HandedCommand(SubCommand inner) : CliCommand(inner.Command)
{
    /// <inheritdoc/>
    public override string Examples => inner.Examples.Replace("podeip-controller", CliRoot.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CliRun run, CancellationToken stop)
    {
        List<string> problems = [];
        return inner.Read(run.Result, run.Surroundings, problems) is { } ready ? await ready() : throw new CommandException(CliExitCodes.Usage, string.Join("; ", problems));
    }
}
