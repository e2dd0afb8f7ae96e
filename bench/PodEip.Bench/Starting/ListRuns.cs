using System.Diagnostics;
using PodEip.Bench.Clusters;

namespace PodEip.Bench.Starting;

/// <summary><c>kubectl eip list</c> of ten claims, from its start to its end.</summary>
/// <param name="bed">The cluster, with the claims.</param>
/// <param name="claims">How many there are.</param>
internal sealed class ListRuns(ClusterBed bed, int claims) : IStartRuns
{
    /// <summary>The program.</summary>
    public const string Program = "kubectl-eip";

    public string Name => Program;

    public string Measures => "kubectl eip list, from its start to its end";

    public string Memory => "the most memory it had";

    public string Ships => ProgramForms.Native;

    public async Task<(double Milliseconds, double ResidentMiB)> RunAsync(ProgramForm form, CancellationToken cancellationToken)
    {
        string[] arguments = [.. form.First, "list", "-n", bed.Space, "--kubeconfig", bed.Scene.Plane.KubeconfigPath];
        using var process = new Process { StartInfo = new ProcessStartInfo(form.File, arguments) { RedirectStandardOutput = true, UseShellExecute = false } };
        var started = TimeProvider.System.GetTimestamp();
        process.Start();
        var peak = PeakAsync(process, cancellationToken);
        var text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var took = TimeProvider.System.GetElapsedTime(started);
        var listed = text.Split('\n').Count(line => line.Contains("Bound", StringComparison.Ordinal));
        return process.ExitCode == 0 && listed == claims
            ? (took.TotalMilliseconds, await peak)
            : throw new BenchException($"{form.Program}, {form.Form}, listed {listed} of {claims} claims and ended with {process.ExitCode}: {text}");
    }

    // A look is some microseconds of one core, for every form alike.
    private static async Task<double> PeakAsync(Process process, CancellationToken cancellationToken)
    {
        var peak = 0.0;
        while (ProcessSight.PeakMiB(process.Id) is { } now)
        {
            peak = now;
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, cancellationToken);
        }

        return peak;
    }
}
