namespace PodEip.CloudSim.Fabric;

/// <summary>A request that reached the host on the internet.</summary>
/// <param name="Sequence">Counts visits, from 1.</param>
/// <param name="At">When it came, simulated time.</param>
/// <param name="Source">The source address it came from.</param>
/// <param name="Path">The path asked for, for example the visitor's name.</param>
public sealed record Visit(long Sequence, DateTimeOffset At, string Source, string Path);
