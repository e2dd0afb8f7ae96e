namespace PodEip.Bench.Results;

/// <summary>A number of this run as a multiple of another, so that the machine's noise cancels.</summary>
/// <param name="Value">The multiple.</param>
/// <param name="Of">Of what against what.</param>
internal sealed record Ratio(double Value, string Of);
