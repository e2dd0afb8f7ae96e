using Microsoft.Extensions.Logging;
using PodEip.Kubernetes.Api;

namespace PodEip.Kubernetes.Leadership;

/// <summary>Elects one leader among processes through a <c>coordination.k8s.io/v1</c> Lease.</summary>
public sealed class LeaderElector
{
    /// <summary>Creates a candidate.</summary>
    /// <param name="api">The API server.</param>
    /// <param name="options">The lease and the times.</param>
    /// <param name="time">The clock; only its monotonic side decides anything.</param>
    /// <param name="logger">The log.</param>
    public LeaderElector(KubeApi api, LeaderElectionOptions options, TimeProvider time, ILogger logger)
    {
    }

    /// <summary>Who holds the lease as last read; null when unknown or nobody.</summary>
    public string? ObservedLeader => throw new NotSupportedException();

    /// <summary>True while this process leads.</summary>
    public bool IsLeader => throw new NotSupportedException();

    /// <summary>
    /// Waits to become leader, runs <paramref name="lead"/> while renewing, and releases the lease when <paramref name="ct"/>
    /// is cancelled or <paramref name="lead"/> returns.
    /// </summary>
    /// <param name="lead">The leader's work. Its token is cancelled on loss and on shutdown.</param>
    /// <param name="ct">Stops the election and the work.</param>
    /// <exception cref="LeadershipLostException">The lease was lost.</exception>
    public Task RunAsync(Func<ILeadership, CancellationToken, Task> lead, CancellationToken ct)
        => throw new NotSupportedException();
}
