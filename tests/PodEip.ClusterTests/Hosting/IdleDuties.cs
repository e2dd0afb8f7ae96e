using PodEip.Controller.Hosting;
using PodEip.Kubernetes.Leadership;

namespace PodEip.ClusterTests.Hosting;

/// <summary>Holds the lease and does nothing: for trying the process around the duties alone.</summary>
internal sealed class IdleDuties : ILeaderDuties
{
    /// <inheritdoc/>
    public Task RunAsync(ILeadership leadership, CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
}
