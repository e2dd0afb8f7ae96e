using PodEip.Cloud.Addresses;

namespace PodEip.Claims.View;

/// <summary>What is known of the ENI that carries the Pod's private IP.</summary>
public abstract record TargetLookup
{
    private TargetLookup()
    {
    }

    /// <summary>The Pod has no private IP yet.</summary>
    public sealed record NoPrivateIp : TargetLookup;

    /// <summary>Not looked up yet, or the last look-up failed.</summary>
    public sealed record Unknown : TargetLookup;

    /// <summary>Found.</summary>
    /// <param name="Target">The ENI and the private IP.</param>
    public sealed record Found(NetworkTarget Target) : TargetLookup;

    /// <summary>The cloud knows no ENI of the VPC with that IP, and has said so for longer than a new IP takes to show.</summary>
    /// <param name="RetryAt">When it is asked again.</param>
    public sealed record OnNoInterface(DateTimeOffset RetryAt) : TargetLookup;
}
