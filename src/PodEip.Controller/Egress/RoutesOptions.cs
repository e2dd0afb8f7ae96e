using PodEip.Controller.Hosting;

namespace PodEip.Controller.Egress;

/// <summary>What <c>podeip-controller routes</c> was asked.</summary>
public sealed record RoutesOptions
{
    /// <summary>Access to the cluster and the cloud, as the controller's.</summary>
    public required ControllerOptions Controller { get; init; }

    /// <summary>Add what is missing.</summary>
    public bool Apply { get; init; }

    /// <summary>The output is JSON.</summary>
    public bool Json { get; init; }
}
