using PodEip.Controller.Hosting;

using var signals = new StopSignals();
return await ControllerCommand.InvokeAsync(args, new Surroundings(), Console.Out, Console.Error, async options =>
{
    using var loggers = Logs.Create(options);
    return await new ControllerProcess(options, _ => new IdleDuties(), TimeProvider.System, loggers).RunAsync(signals.Stop);
});
