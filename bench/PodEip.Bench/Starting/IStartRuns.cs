namespace PodEip.Bench.Starting;

/// <summary>How a program is started, and what its first useful output is.</summary>
internal interface IStartRuns
{
    /// <summary>The program's name.</summary>
    string Name { get; }

    /// <summary>What is timed.</summary>
    string Measures { get; }

    /// <summary>What is said of its memory.</summary>
    string Memory { get; }

    /// <summary>The form that is shipped.</summary>
    string Ships { get; }

    /// <summary>Starts it once.</summary>
    /// <exception cref="BenchException">It did not do what it is for.</exception>
    Task<(double Milliseconds, double ResidentMiB)> RunAsync(ProgramForm form, CancellationToken cancellationToken);
}
