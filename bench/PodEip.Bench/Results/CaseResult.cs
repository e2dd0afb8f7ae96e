namespace PodEip.Bench.Results;

/// <summary>What a case came to.</summary>
internal sealed record CaseResult
{
    public required string Case { get; init; }

    public required string Measures { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Measured with fewer samples.</summary>
    public required bool Quick { get; init; }

    /// <summary>The form of the controller that was measured.</summary>
    public required string Controller { get; init; }

    public required Machine Machine { get; init; }

    /// <summary>Processes that wanted to run, over the last minute, when it began and when it ended; as many as cores are busy anyway.</summary>
    public required IReadOnlyList<double> Load { get; init; }

    public required IReadOnlyList<string> Columns { get; init; }

    public required IReadOnlyList<Row> Rows { get; init; }
}
