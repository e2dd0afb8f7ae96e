namespace PodEip.Cloud.Network;

/// <summary>An ENI as the cloud describes it.</summary>
public sealed record NetworkInterface
{
    /// <summary>Id, <c>eni-xxxxxxxx</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its VPC.</summary>
    public string? VpcId { get; init; }

    /// <summary>Its subnet; the subnet's route table decides how Pods leave.</summary>
    public string? SubnetId { get; init; }

    /// <summary>The CVM it is attached to; null when free.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The CVM's primary ENI.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>PENDING, AVAILABLE, ATTACHING, INUSE, DETACHING, DELETING.</summary>
    public string? State { get; init; }

    /// <summary>Its private IPs.</summary>
    public required IReadOnlyList<PrivateIp> PrivateIps { get; init; }
}
