using Microsoft.Extensions.Logging;
using PodEip.Cli.Commands;
using PodEip.Cli.Writing;
using PodEip.Controller.Adoption;
using PodEip.Controller.Egress;
using PodEip.Controller.Hosting;
using PodEip.Controller.Teardown;
using PodEip.Hosting;

namespace PodEip.Cli.Handing;

/// <summary>The controller's commands that an operator runs from a workstation.</summary>
internal static class HandedCommands
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<CliCommand> Of(Terminal terminal, TimeProvider time, CancellationToken stop) =>
    [
        new HandedCommand(new TeardownCommand(new ControllerFlags(), options => WithLogs(options.Controller, loggers => new TeardownProcess(options, terminal.Output, terminal.Error, time, loggers, CliRoot.Name).RunAsync(stop)))),
        new HandedCommand(new AdoptCommand(new ControllerFlags(), options => WithLogs(options.Controller, loggers => new AdoptionProcess(options, terminal.Output, terminal.Error, time, loggers, CliRoot.Name).RunAsync(stop)))),
        new HandedCommand(new RoutesCommand(new ControllerFlags(), options => WithLogs(options.Controller, loggers => new RoutesProcess(options, terminal.Output, terminal.Error, time, loggers, CliRoot.Name).RunAsync(stop)))),
    ];

    private static async Task<int> WithLogs(ControllerOptions options, Func<ILoggerFactory, Task<int>> run)
    {
        using var loggers = Logs.Create(options.LogLevel, options.JsonLogs);
        return await run(loggers);
    }
}
