using PodEip.Kubernetes.Leadership;

namespace PodEip.Controller.Hosting;

/// <summary>What the leader does, and nobody else.</summary>
public interface ILeaderDuties
{
    /// <summary>Works until cancelled; then ends what is under way. Returning or throwing earlier ends the process.</summary>
    /// <param name="leadership">Asked before each call to the cloud.</param>
    /// <param name="cancellationToken">A stop was asked for, or the lease was lost.</param>
    Task RunAsync(ILeadership leadership, CancellationToken cancellationToken);
}
