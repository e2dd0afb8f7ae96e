using PodEip.Api;
using PodEip.Controller.Hosting;

namespace PodEip.Controller.Adoption;

/// <summary>What <c>podeip-controller adopt</c> was asked.</summary>
public sealed record AdoptionOptions
{
    /// <summary>Access to this cluster and the cloud, as the controller's.</summary>
    public required ControllerOptions Controller { get; init; }

    /// <summary>Cluster id of the lost cluster.</summary>
    public required string FromClusterId { get; init; }

    /// <summary>UID of the lost cluster's kube-system.</summary>
    public required string FromClusterUid { get; init; }

    /// <summary>Names given by hand.</summary>
    public IReadOnlyList<ClaimKey> Names { get; init; } = [];

    /// <summary>Addresses whose name is not known too.</summary>
    public bool All { get; init; }

    /// <summary>Only show.</summary>
    public bool DryRun { get; init; }

    /// <summary>The output is JSON.</summary>
    public bool Json { get; init; }
}
