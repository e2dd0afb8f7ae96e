using System.CommandLine;
using PodEip.Dev.Quickstart;

namespace PodEip.Dev.Commands;

/// <summary><c>podeip-dev quickstart</c> and <c>quickstart-down</c>: Pod EIP with samples against a simulated cloud.</summary>
internal static class QuickstartCommand
{
    private const int LongestWait = 3600;

    /// <summary>The command that brings it up.</summary>
    public static Command CreateUp()
    {
        var (cluster, state) = Options();
        var noBuild = new Option<bool>("--no-build") { Description = "Use the programs as they are built." };
        var wait = new Option<int>("--wait") { Description = "How many seconds the samples' Pods may take to get their addresses.", HelpName = "SECONDS", DefaultValueFactory = _ => 180 };
        wait.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > LongestWait)
                result.AddError($"--wait must be 1 to {LongestWait} seconds.");
        });
        var command = new Command("quickstart", "Runs Pod EIP with three sample workloads against a simulated cloud, and shows what came out.") { cluster, state, noBuild, wait };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = Read(parsed, cluster, state) with { Build = !parsed.GetValue(noBuild), Limit = TimeSpan.FromSeconds(parsed.GetValue(wait)) };
            await new QuickstartUp(options).RunAsync(cancellation);
            return 0;
        });
        return command;
    }

    /// <summary>The command that ends it.</summary>
    public static Command CreateDown()
    {
        var (cluster, state) = Options();
        var command = new Command("quickstart-down", "Ends everything that quickstart started and deletes what it made.") { cluster, state };
        command.SetAction(async (parsed, cancellation) =>
        {
            var found = await new QuickstartDown(Read(parsed, cluster, state)).RunAsync(cancellation);
            await Console.Error.WriteLineAsync(found ? "The quickstart is down and its data is deleted." : "No quickstart is up.");
            return 0;
        });
        return command;
    }

    private static (Option<string?> Cluster, Option<DirectoryInfo?> State) Options() => (
        new("--cluster") { Description = "A context of your kubeconfig: run in that cluster instead of a new local one.", HelpName = "CONTEXT" },
        new("--state") { Description = "The folder that holds its state and logs. Default: .dev/quickstart in the checkout.", HelpName = "DIR" });

    private static QuickstartOptions Read(ParseResult parsed, Option<string?> cluster, Option<DirectoryInfo?> state)
    {
        var context = parsed.GetValue(cluster);
        return new() { Context = context, StateFolder = parsed.GetValue(state)?.FullName ?? QuickstartFiles.DefaultFolder(context) };
    }
}
