using System.CommandLine;
using PodEip.Dev.ControlPlane;
using PodEip.Dev.Quickstart;
using PodEip.Kubernetes.Api;
using Spectre.Console;

namespace PodEip.Dev.Commands;

/// <summary>The command line of <c>podeip-dev</c>, the project's own tool. A new command is added to the list here.</summary>
internal static class DevCommand
{
    /// <summary>Runs the tool; failures that it expects are one message on stderr and exit code 1.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("Builds and tries Pod EIP on this machine.")
        {
            ClusterCommand.Create(),
            GenerateCommand.Create(),
            QuickstartCommand.CreateUp(),
            QuickstartCommand.CreateDown(),
        };
        try
        {
            return await root.Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is ControlPlaneException or QuickstartException or KubeApiException or KubeConfigurationException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C.
            return 130;
        }
    }

    /// <summary>A console for talk: progress and hints go to stderr, so that stdout holds data only.</summary>
    public static IAnsiConsole Talk { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
}
