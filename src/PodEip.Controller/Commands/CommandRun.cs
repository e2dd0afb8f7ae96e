using Microsoft.Extensions.Logging;
using PodEip.Cloud;
using PodEip.Cloud.TencentCloud;
using PodEip.Controller.Hosting;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Commands;

/// <summary>What all commands that run once do alike: connect to the cloud, and turn trouble into words and an exit code.</summary>
internal static class CommandRun
{
    /// <summary>The program whose commands these are, where no other offers them.</summary>
    public const string Program = "podeip-controller";

    /// <summary>The cloud.</summary>
    public static TencentElasticIpCloud Connect(ControllerOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        try
        {
            return TencentElasticIpCloud.Create(options.Cloud, time, loggers);
        }
        catch (ArgumentException e)
        {
            throw new CommandException(ExitCodes.Usage, $"The cloud's settings can't be used: {e.Message}", e);
        }
    }

    /// <summary>Runs a command.</summary>
    /// <param name="error">Where trouble is told.</param>
    /// <param name="run">The command.</param>
    /// <param name="program">Who tells it.</param>
    /// <returns>Its exit code, or the one of its trouble.</returns>
    public static async Task<int> GuardAsync(TextWriter error, Func<Task<int>> run, string program = Program)
    {
        try
        {
            return await run();
        }
        catch (CommandException e)
        {
            return Told(e.ExitCode, e.Message);
        }
        catch (KubeConfigurationException e)
        {
            return Told(ExitCodes.Failed, e.Message);
        }
        catch (KubeApiException e)
        {
            return Told(ExitCodes.Failed, e.IsForbidden ? $"A right is missing on the API server: {e.Message}" : $"The API server: {e.Message}");
        }
        catch (CloudException e)
        {
            return Told(ExitCodes.Failed, e.ErrorClass is CloudErrorClass.Permission ? $"A permission is missing in the cloud: {e.Message}" : $"The cloud: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            return Told(ExitCodes.Failed, "Stopped before the end; run the command again to finish.");
        }

        int Told(int code, string words)
        {
            error.WriteLine($"{program}: {words}");
            return code;
        }
    }
}
