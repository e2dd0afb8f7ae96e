using PodEip.Controller.Hosting;
using PodEip.Controller.Reconciling;

using var signals = new StopSignals();
return await ControllerCommand.InvokeAsync(args, new Surroundings(), Console.Out, Console.Error, async options =>
{
    using var loggers = Logs.Create(options);
    return await new ControllerProcess(options, parts => new LeaderDuties(parts), TimeProvider.System, loggers).RunAsync(signals.Stop);
});
