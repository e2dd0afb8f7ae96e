namespace PodEip.Kubernetes.Queueing;

/// <summary>How a queue backs off.</summary>
public sealed record WorkQueueOptions
{
    /// <summary>The delay after a key's first failure; doubles with each further one. Default 200 ms.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest delay, jitter included. Default 2 min.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The share of each delay that is random, so that keys that failed together do not return together. Default 0.2.</summary>
    public double Jitter { get; init; } = 0.2;
}
