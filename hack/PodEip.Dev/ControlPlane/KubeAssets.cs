using System.Diagnostics;

namespace PodEip.Dev.ControlPlane;

/// <summary>Finds the Kubernetes programs by asking <c>hack/kube-assets</c>, the one place that knows where they come from.</summary>
public static class KubeAssets
{
    /// <summary>Returns the folder that holds the programs; the first time on a machine it builds them, which takes minutes.</summary>
    /// <param name="withNode">Whether kubelet and kube-proxy are needed too.</param>
    /// <param name="report">Told each line of progress.</param>
    /// <param name="cancellation">Stops waiting and the script.</param>
    /// <exception cref="ControlPlaneException">The programs are not to be had; the message is the script's own.</exception>
    public static async Task<string> LocateAsync(bool withNode, Action<string> report, CancellationToken cancellation)
    {
        var info = new ProcessStartInfo(Path.Combine(Checkout.Root, "hack", "kube-assets")) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (withNode)
            info.ArgumentList.Add("--node");
        using var script = Process.Start(info)!;
        try
        {
            var said = new Queue<string>();
            var output = script.StandardOutput.ReadToEndAsync(cancellation);
            while (await script.StandardError.ReadLineAsync(cancellation) is { } line)
            {
                report(line);
                said.Enqueue(line);
                if (said.Count > 20)
                    said.Dequeue();
            }

            var folder = (await output).Trim();
            await script.WaitForExitAsync(cancellation);
            return script.ExitCode == 0 ? folder : throw new ControlPlaneException(string.Join('\n', said));
        }
        catch (OperationCanceledException)
        {
            // The build belongs to whoever asked for it.
            script.Kill(entireProcessTree: true);
            throw;
        }
    }
}
