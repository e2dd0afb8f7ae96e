namespace PodEip.CloudSim.Gate;

/// <summary>Settings of the gate.</summary>
/// <remarks>Settable, not init-only: the JSON source generator overwrites the defaults of init-only properties that a text leaves out.</remarks>
public sealed record GateSettings
{
    /// <summary>Multiplies every request rate; 0 switches rate limits off.</summary>
    public double RateMultiplier { get; set; } = 1;

    /// <summary>Rates per second that replace the documented ones, by action.</summary>
    public IReadOnlyDictionary<string, double> Rates { get; set; } = new Dictionary<string, double>();

    /// <summary>Seed of the dice behind faults with a probability.</summary>
    public int Seed { get; set; } = 1;
}
