using PodEip.Controller.Adoption;
using PodEip.Controller.Egress;
using PodEip.Controller.Hosting;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Teardown;
using PodEip.Hosting;

using var signals = new StopSignals();
return await ControllerCommand.InvokeAsync(
    args,
    new Surroundings(),
    Console.Out,
    Console.Error,
    async options =>
    {
        using var loggers = Logs.Create(options.LogLevel, options.JsonLogs);
        return await new ControllerProcess(options, parts => new LeaderDuties(parts), TimeProvider.System, loggers).RunAsync(signals.Stop);
    },
    async options =>
    {
        using var loggers = Logs.Create(options.Controller.LogLevel, options.Controller.JsonLogs);
        return await new TeardownProcess(options, Console.Out, Console.Error, TimeProvider.System, loggers).RunAsync(signals.Stop);
    },
    async options =>
    {
        using var loggers = Logs.Create(options.Controller.LogLevel, options.Controller.JsonLogs);
        return await new AdoptionProcess(options, Console.Out, Console.Error, TimeProvider.System, loggers).RunAsync(signals.Stop);
    },
    async options =>
    {
        using var loggers = Logs.Create(options.Controller.LogLevel, options.Controller.JsonLogs);
        return await new RoutesProcess(options, Console.Out, Console.Error, TimeProvider.System, loggers).RunAsync(signals.Stop);
    });
