using System.CommandLine.Invocation;
using PodEip.CloudSim.Cli;

var parsed = new CloudSimCommand().Build().Parse(args);
if (parsed.Action is ParseErrorAction failure)
{
    // The message alone: the whole help below it would bury it.
    failure.ShowHelp = false;
}

return await parsed.InvokeAsync();
