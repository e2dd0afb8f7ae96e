// The controller as operators run it, but that it dies (SIGKILL, by its own hand) at a side effect: before it is sent, or after
// it was answered and before anybody heard of it. PODEIP_DIED names the deaths that were died already ("before X;after X;…"):
// it dies at the first other one.
using PodEip.Controller.Hosting;
using PodEip.Controller.Reconciling;
using PodEip.Hosting;
using PodEip.MortalController;

var died = (Environment.GetEnvironmentVariable("PODEIP_DIED") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
using var signals = new StopSignals();
return await ControllerCommand.InvokeAsync(args, new Surroundings(), Console.Out, Console.Error, async options =>
{
    using var loggers = Logs.Create(options.LogLevel, options.JsonLogs);
    return await new ControllerProcess(options, parts => new LeaderDuties(parts with { Ports = new MortalPorts(died) }), TimeProvider.System, loggers).RunAsync(signals.Stop);
});
