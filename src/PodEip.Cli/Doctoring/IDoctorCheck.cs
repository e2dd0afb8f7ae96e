using PodEip.Cloud.TencentCloud;
using PodEip.Controller.Explaining;

namespace PodEip.Cli.Doctoring;

/// <summary>Looks whether one part of the installation is sound. It changes nothing and buys nothing.</summary>
internal interface IDoctorCheck
{
    /// <summary>Its name, in a word.</summary>
    string Name { get; }

    /// <summary>Looks.</summary>
    /// <returns>Findings; none means sound.</returns>
    Task<IReadOnlyList<DoctorFinding>> RunAsync(DoctorSight sight, CancellationToken cancellationToken);
}

/// <summary>What checks look at.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Cloud">The cloud; null when no region was named.</param>
/// <param name="Options">How the cloud is reached; null as above.</param>
/// <param name="Time">The clock.</param>
internal sealed record DoctorSight(ClusterSight Cluster, TencentElasticIpCloud? Cloud, TencentCloudOptions? Options, TimeProvider Time);
