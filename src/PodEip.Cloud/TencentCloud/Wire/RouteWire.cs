namespace PodEip.Cloud.TencentCloud.Wire;

/// <summary>Here Offset and Limit are strings, unlike in other actions.</summary>
internal sealed record DescribeSubnetsRequest
{
    public IReadOnlyList<string>? SubnetIds { get; init; }

    public IReadOnlyList<FilterWire>? Filters { get; init; }

    public required string Offset { get; init; }

    public required string Limit { get; init; }
}

internal sealed record DescribeSubnetsResponse : CloudResponse
{
    public int? TotalCount { get; init; }

    public IReadOnlyList<SubnetWire?>? SubnetSet { get; init; }
}

internal sealed record SubnetWire
{
    public string? SubnetId { get; init; }

    public string? VpcId { get; init; }

    public string? RouteTableId { get; init; }

    public string? SubnetName { get; init; }

    public string? CidrBlock { get; init; }
}

/// <summary>Here Offset and Limit are strings, unlike in other actions.</summary>
internal sealed record DescribeRouteTablesRequest
{
    public IReadOnlyList<string>? RouteTableIds { get; init; }

    public IReadOnlyList<FilterWire>? Filters { get; init; }

    public required string Offset { get; init; }

    public required string Limit { get; init; }
}

internal sealed record DescribeRouteTablesResponse : CloudResponse
{
    public int? TotalCount { get; init; }

    public IReadOnlyList<RouteTableWire?>? RouteTableSet { get; init; }
}

internal sealed record RouteTableWire
{
    public string? RouteTableId { get; init; }

    public string? VpcId { get; init; }

    public string? RouteTableName { get; init; }

    public bool? Main { get; init; }

    public IReadOnlyList<RouteTableAssociationWire?>? AssociationSet { get; init; }

    public IReadOnlyList<RouteWire?>? RouteSet { get; init; }
}

internal sealed record RouteTableAssociationWire
{
    public string? SubnetId { get; init; }
}

/// <summary>Of a request only what is to be written is sent.</summary>
internal sealed record RouteWire
{
    public string? DestinationCidrBlock { get; init; }

    public string? GatewayType { get; init; }

    public string? GatewayId { get; init; }

    public string? RouteDescription { get; init; }

    public bool? Enabled { get; init; }

    public string? RouteType { get; init; }

    public string? RouteItemId { get; init; }
}

/// <summary>CreateRoutes, ReplaceRoutes and DeleteRoutes are written alike.</summary>
internal sealed record RoutesRequest
{
    public required string RouteTableId { get; init; }

    public required IReadOnlyList<RouteWire> Routes { get; init; }
}

internal sealed record DescribeNatGatewaysRequest
{
    public IReadOnlyList<string>? NatGatewayIds { get; init; }

    public IReadOnlyList<FilterWire>? Filters { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; }
}

internal sealed record DescribeNatGatewaysResponse : CloudResponse
{
    public int? TotalCount { get; init; }

    public IReadOnlyList<NatGatewayWire?>? NatGatewaySet { get; init; }
}

internal sealed record NatGatewayWire
{
    public string? NatGatewayId { get; init; }

    public string? NatGatewayName { get; init; }

    public string? VpcId { get; init; }

    public string? State { get; init; }

    public string? NetworkState { get; init; }

    public IReadOnlyList<NatGatewayAddressWire?>? PublicIpAddressSet { get; init; }
}

internal sealed record NatGatewayAddressWire
{
    public string? PublicIpAddress { get; init; }
}
