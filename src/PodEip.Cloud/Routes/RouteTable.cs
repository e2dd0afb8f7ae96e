namespace PodEip.Cloud.Routes;

/// <summary>A route table as the cloud describes it.</summary>
public sealed record RouteTable
{
    /// <summary>Id, <c>rtb-xxxxxxxx</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its VPC.</summary>
    public string? VpcId { get; init; }

    /// <summary>Name. Untrusted.</summary>
    public string? Name { get; init; }

    /// <summary>The VPC's default table.</summary>
    public bool IsMain { get; init; }

    /// <summary>Subnets that use it: whom a change of its routes touches.</summary>
    public IReadOnlyList<string> SubnetIds { get; init; } = [];

    /// <summary>Its IPv4 routes. The way inside the VPC may be among them, as <c>LOCAL</c>, or not.</summary>
    public IReadOnlyList<Route> Routes { get; init; } = [];
}

/// <summary>What DescribeRouteTables is asked. Ids exclude the filters.</summary>
public sealed record RouteTableQuery
{
    /// <summary>Route table ids, at most 100.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>The VPC.</summary>
    public string? VpcId { get; init; }

    /// <summary>First row.</summary>
    public int Offset { get; init; }

    /// <summary>Rows a page, 1 to 100.</summary>
    public int Limit { get; init; } = 100;
}
