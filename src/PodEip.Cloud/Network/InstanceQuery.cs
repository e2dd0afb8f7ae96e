namespace PodEip.Cloud.Network;

/// <summary>What DescribeInstances is asked. Ids exclude the filters.</summary>
public sealed record InstanceQuery
{
    /// <summary>CVM ids, at most 100.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Primary private IPs, at most 5.</summary>
    public IReadOnlyList<string>? PrivateIps { get; init; }

    /// <summary>The VPC.</summary>
    public string? VpcId { get; init; }

    /// <summary>First row.</summary>
    public int Offset { get; init; }

    /// <summary>Rows a page, 1 to 100.</summary>
    public int Limit { get; init; } = 100;
}
