namespace PodEip.CloudSim.Gate;

/// <summary>Settings of the gate.</summary>
public sealed record GateSettings
{
    /// <summary>Multiplies every request rate; 0 switches rate limits off.</summary>
    public double RateMultiplier { get; init; } = 1;

    /// <summary>Rates per second that replace the documented ones, by action.</summary>
    public IReadOnlyDictionary<string, double> Rates { get; init; } = new Dictionary<string, double>();

    /// <summary>Seed of the dice behind faults with a probability.</summary>
    public int Seed { get; init; } = 1;
}
