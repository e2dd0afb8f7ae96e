namespace PodEip.Cloud.Network;

/// <summary>What DescribeNetworkInterfaces is asked. Ids exclude the filters; filters are ANDed.</summary>
public sealed record NetworkInterfaceQuery
{
    /// <summary>ENI ids, at most 100.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>The VPC; always set it with <see cref="PrivateIps"/>, since VPCs may overlap.</summary>
    public string? VpcId { get; init; }

    /// <summary>CVMs the ENIs are attached to, at most 100.</summary>
    public IReadOnlyList<string>? InstanceIds { get; init; }

    /// <summary>Private IPs, at most 100, matched exactly (the adapter sends <c>ip-exact-match</c>).</summary>
    public IReadOnlyList<string>? PrivateIps { get; init; }

    /// <summary>First row.</summary>
    public int Offset { get; init; }

    /// <summary>Rows a page, 1 to 100.</summary>
    public int Limit { get; init; } = 100;
}
