using PodEip.Cli.Commands;
using PodEip.Cli.Writing;
using PodEip.Hosting;

// This process does one thing and ends.
SystemCertificates.AreOursToLeave = true;
using var signals = new StopSignals();
return await CliRoot.InvokeAsync(args, Terminal.OfProcess(), new Surroundings(), TimeProvider.System, signals.Stop);
