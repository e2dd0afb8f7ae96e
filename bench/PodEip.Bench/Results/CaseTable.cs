namespace PodEip.Bench.Results;

/// <summary>What a case saw.</summary>
/// <param name="Columns">What the figures are of, in the table's order.</param>
/// <param name="Rows">The lines.</param>
internal sealed record CaseTable(IReadOnlyList<string> Columns, IReadOnlyList<Row> Rows);
