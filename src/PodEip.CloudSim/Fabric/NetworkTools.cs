using System.ComponentModel;
using System.Diagnostics;

namespace PodEip.CloudSim.Fabric;

/// <summary>The real programs.</summary>
internal sealed class NetworkTools : INetworkTools
{
    public async Task RunAsync(string program, IReadOnlyList<string> arguments, string? input, CancellationToken cancellation)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Start(info);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await WriteAsync(process, input, cancellation);
            await process.WaitForExitAsync(cancellation);
            var said = (await error + await output).Trim();
            if (process.ExitCode != 0)
            {
                throw new FabricException($"`{program} {string.Join(' ', arguments)}` ended with {process.ExitCode}: {said}");
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(ProcessStartInfo info)
    {
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception e)
        {
            throw new FabricException($"`{info.FileName}` can't be run ({e.Message}); hack/node-packages installs what is needed.", e);
        }
    }

    private static async Task WriteAsync(Process process, string? input, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.WriteAsync((input ?? "").AsMemory(), cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says what is to be said.
        }
    }
}
