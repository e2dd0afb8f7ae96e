namespace PodEip.Cloud.Routes;

/// <summary>A subnet as the cloud describes it.</summary>
public sealed record Subnet
{
    /// <summary>Id, <c>subnet-xxxxxxxx</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its VPC.</summary>
    public string? VpcId { get; init; }

    /// <summary>The one route table it uses; null when the answer names none.</summary>
    public string? RouteTableId { get; init; }

    /// <summary>Name. Untrusted.</summary>
    public string? Name { get; init; }

    /// <summary>IPv4 range, e.g. <c>10.0.1.0/24</c>.</summary>
    public string? Cidr { get; init; }
}

/// <summary>What DescribeSubnets is asked. Ids exclude the filters.</summary>
public sealed record SubnetQuery
{
    /// <summary>Subnet ids, at most 100.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>The VPC.</summary>
    public string? VpcId { get; init; }

    /// <summary>First row.</summary>
    public int Offset { get; init; }

    /// <summary>Rows a page, 1 to 100.</summary>
    public int Limit { get; init; } = 100;
}
