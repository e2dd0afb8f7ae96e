using PodEip.Claims.Teardown;
using PodEip.Controller.Hosting;

namespace PodEip.Controller.Teardown;

/// <summary>What <c>podeip-controller teardown</c> was asked.</summary>
public sealed record TeardownOptions
{
    /// <summary>Access to cluster and cloud, as the controller's.</summary>
    public required ControllerOptions Controller { get; init; }

    /// <summary>UID of a lost cluster's kube-system; null to ask the cluster.</summary>
    public string? ClusterUid { get; init; }

    /// <summary>Only show.</summary>
    public bool DryRun { get; init; }

    /// <summary>Go on beside a controller that lives.</summary>
    public bool Force { get; init; }

    /// <summary>The output is JSON.</summary>
    public bool Json { get; init; }

    /// <summary>What is kept and what is included.</summary>
    public required TeardownChoice Choice { get; init; }
}
