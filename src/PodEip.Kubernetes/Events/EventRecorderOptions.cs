namespace PodEip.Kubernetes.Events;

/// <summary>Who records, and the recorder's limits.</summary>
public sealed record EventRecorderOptions
{
    /// <summary>The controller's name, e.g. <c>podeip.io/controller</c>.</summary>
    public required string ReportingController { get; init; }

    /// <summary>This process's name, e.g. the Pod's; at most 128 characters.</summary>
    public required string ReportingInstance { get; init; }

    /// <summary>Events that may wait to be written; more are dropped. Default 4,096.</summary>
    public int Capacity { get; init; } = 4096;

    /// <summary>Events that may be written at once. Default 1,000.</summary>
    public int Burst { get; init; } = 1000;

    /// <summary>Events written a second after that; ten claims a second, the cloud's documented rate of binds, tell of forty. Default 50.</summary>
    public double PerSecond { get; init; } = 50;

    /// <summary>Equal events within this time are one event with a count. Default 10 min.</summary>
    public TimeSpan SeriesWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Shortest time between two writes of one event's count. Default 1 min.</summary>
    public TimeSpan MinRewrite { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Time to write what is waiting at the end. Default 3 s.</summary>
    public TimeSpan FlushLimit { get; init; } = TimeSpan.FromSeconds(3);
}
