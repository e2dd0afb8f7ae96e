namespace PodEip.Bench.Results;

/// <summary>One line of a case's table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Unit">The unit of the figures.</param>
/// <param name="Figures">What was seen.</param>
internal sealed record Row(string What, string Unit, IReadOnlyList<Figure> Figures)
{
    /// <summary>The line belongs under this heading.</summary>
    public required string Group { get; init; }

    /// <summary>Against the floor, or another way to do it, in this run.</summary>
    public IReadOnlyList<Ratio> Ratios { get; init; } = [];

    /// <summary>What should hold; null where the line is there to compare with.</summary>
    public Goal? Goal { get; init; }
}
