namespace PodEip.Bench.Results;

/// <summary>What was seen, time after time.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];

    public IReadOnlyList<double> Values => _values;

    public void Add(double value) => _values.Add(value);

    public void AddRange(IEnumerable<double> values) => _values.AddRange(values);

    /// <summary>The median and what only one in a hundred exceeds.</summary>
    /// <param name="at">What the figure is of: a column of the table.</param>
    public Figure At(string at)
    {
        var sorted = _values.Order().ToList();
        return new Figure(at, Quantile(sorted, 0.5), Quantile(sorted, 0.99), sorted.Count);
    }

    // The nearest rank: a value that was seen.
    private static double Quantile(List<double> sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
}
