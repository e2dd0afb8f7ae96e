using PodEip.Agent.Hosting;
using PodEip.Hosting;

using var signals = new StopSignals();
return await AgentCommand.InvokeAsync(
    args,
    new Surroundings(),
    Console.Out,
    Console.Error,
    async options =>
    {
        using var loggers = Logs.Create(options.LogLevel, options.JsonLogs);
        return await new AgentProcess(options, TimeProvider.System, loggers).RunAsync(signals.Stop);
    });
