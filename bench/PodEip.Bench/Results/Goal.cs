namespace PodEip.Bench.Results;

/// <summary>What a number should be.</summary>
/// <param name="Text">The goal.</param>
/// <param name="Holds">Whether it held in this run.</param>
internal sealed record Goal(string Text, bool Holds);
