namespace PodEip.Kubernetes.Leadership;

/// <summary>Which lease to hold, and the three times of an election. The defaults are those of the Kubernetes control plane.</summary>
public sealed record LeaderElectionOptions
{
    /// <summary>The lease's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The lease's name.</summary>
    public required string Name { get; init; }

    /// <summary>This process's name in the lease: unique, e.g. the Pod's name plus a random part.</summary>
    public required string Identity { get; init; }

    /// <summary>How long others wait after the last renewal they saw. Default 15 s.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the leader tries to renew before it gives up; below <see cref="LeaseDuration"/>. Default 10 s.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between the leader's renewals. Those who stand by look four times as often, and once more at the moment the lease runs out. Default 2 s.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a requested stop waits for the leader's work to end; the lease is renewed meanwhile. Work that has not ended by
    /// then keeps its lease, which runs out by itself. Default 10 s.
    /// </summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(10);
}
