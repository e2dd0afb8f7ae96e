namespace PodEip.Bench.Results;

/// <summary>A number that was measured.</summary>
/// <param name="At">What it is of: a column of the table.</param>
/// <param name="Median">Half of the samples are below.</param>
/// <param name="P99">One in a hundred is above; with fewer than a hundred samples the largest.</param>
/// <param name="Samples">How many there were.</param>
internal sealed record Figure(string At, double Median, double P99, int Samples)
{
    /// <summary>What was measured once.</summary>
    public static Figure Once(string at, double value) => new(at, value, value, 1);
}
