using PodEip.Bench.Clusters;
using PodEip.Dev.Processes;
using PodEip.TestKit.Processes;

namespace PodEip.Bench.Starting;

/// <summary>A program that stays: from its start until it says that it does its work, and its memory two seconds later.</summary>
internal abstract class ServerRuns : IStartRuns
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    public abstract string Name { get; }

    public abstract string Measures { get; }

    public string Memory => "memory 2 s later";

    /// <summary>What hack/images makes.</summary>
    public string Ships => "trimmed";

    protected abstract IReadOnlyList<string> Arguments { get; }

    protected abstract IReadOnlyDictionary<string, string?> Environment { get; }

    public async Task<(double Milliseconds, double ResidentMiB)> RunAsync(ProgramForm form, CancellationToken cancellationToken)
    {
        var start = new ProgramStart(form.File, [.. form.First, .. Arguments]) { Environment = Environment };
        var began = TimeProvider.System.GetTimestamp();
        await using var process = ProcessUnderTest.StartProgram($"{form.Program}, {form.Form},", start);
        while (!await WorksAsync(process, cancellationToken))
        {
            if (process.HasEnded || TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new BenchException($"{form.Program}, {form.Form}, {(process.HasEnded ? "ended" : "does not work yet")}:\n{process.Output}");
            await Task.Delay(Step, TimeProvider.System, cancellationToken);
        }

        var took = TimeProvider.System.GetElapsedTime(began);
        await Task.Delay(Settled, TimeProvider.System, cancellationToken);
        var resident = ProcessSight.ResidentMiB(process.Pid) ?? throw new BenchException($"{form.Program}, {form.Form}, ended:\n{process.Output}");
        await process.TerminateAsync(Patience, cancellationToken);
        return (took.TotalMilliseconds, resident);
    }

    /// <summary>It does its work.</summary>
    protected abstract Task<bool> WorksAsync(ProcessUnderTest process, CancellationToken cancellationToken);
}
