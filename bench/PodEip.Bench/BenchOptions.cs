namespace PodEip.Bench;

/// <summary>What a run is asked for.</summary>
/// <param name="Quick">Fewer samples: a look, not a measurement.</param>
/// <param name="Size">How many of what the case counts; null for its own number.</param>
internal sealed record BenchOptions(bool Quick, int? Size);
