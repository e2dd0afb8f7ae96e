namespace PodEip.Cloud.ContractTests;

/// <summary>The date of a simulated clock, so that signatures fit, with real timers, so that real connections time out in real time.</summary>
internal sealed class SimulatorClock(TimeProvider date) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => date.GetUtcNow();
}
