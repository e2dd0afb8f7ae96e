namespace PodEip.Cloud.Routes;

/// <summary>A NAT gateway as the cloud describes it.</summary>
public sealed record NatGateway
{
    /// <summary>Id, <c>nat-xxxxxxxx</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name. Untrusted.</summary>
    public string? Name { get; init; }

    /// <summary>Its VPC.</summary>
    public string? VpcId { get; init; }

    /// <summary>PENDING, DELETING, AVAILABLE, UPDATING, PENDFAILURE, DELETEFAILURE, DENIED.</summary>
    public string? State { get; init; }

    /// <summary>AVAILABLE, UNAVAILABLE, INSUFFICIENT (stopped for arrears).</summary>
    public string? NetworkState { get; init; }

    /// <summary>Its public IPs: what leaves through it comes from one of these.</summary>
    public IReadOnlyList<string> PublicIps { get; init; } = [];
}

/// <summary>What DescribeNatGateways is asked. Ids exclude the filters.</summary>
public sealed record NatGatewayQuery
{
    /// <summary>NAT gateway ids, at most 100.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>The VPC.</summary>
    public string? VpcId { get; init; }

    /// <summary>First row.</summary>
    public int Offset { get; init; }

    /// <summary>Rows a page, 1 to 100.</summary>
    public int Limit { get; init; } = 100;
}
