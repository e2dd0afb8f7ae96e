namespace PodEip.CloudSim.Http;

/// <summary>A Subnet record.</summary>
internal sealed record WireSubnet
{
    public required string VpcId { get; init; }

    public required string SubnetId { get; init; }

    public required string SubnetName { get; init; }

    public required string CidrBlock { get; init; }

    public bool IsDefault { get; init; }

    public bool EnableBroadcast { get; init; }

    public required string Zone { get; init; }

    public required string RouteTableId { get; init; }

    public required string CreatedTime { get; init; }

    public long AvailableIpAddressCount { get; init; }

    public string Ipv6CidrBlock { get; init; } = "";

    public string NetworkAclId { get; init; } = "";

    public bool IsRemoteVpcSnat { get; init; }

    public long TotalIpAddressCount { get; init; }

    public IReadOnlyList<WireTag> TagSet { get; init; } = [];

    public string CdcId { get; init; } = "";

    public int IsCdcSubnet { get; init; }
}

/// <summary>A RouteTable record.</summary>
internal sealed record WireRouteTable
{
    public required string VpcId { get; init; }

    public required string RouteTableId { get; init; }

    public required string RouteTableName { get; init; }

    public required IReadOnlyList<WireAssociation> AssociationSet { get; init; }

    /// <summary>Left out when the caller did not want the routes.</summary>
    public IReadOnlyList<WireRoute>? RouteSet { get; init; }

    public bool Main { get; init; }

    public required string CreatedTime { get; init; }

    public required IReadOnlyList<WireTag> TagSet { get; init; }
}

internal sealed record WireAssociation(string SubnetId, string RouteTableId);

/// <summary>A Route record.</summary>
internal sealed record WireRoute
{
    public required string DestinationCidrBlock { get; init; }

    public required string GatewayType { get; init; }

    public required string GatewayId { get; init; }

    public long RouteId { get; init; }

    public required string RouteDescription { get; init; }

    public bool Enabled { get; init; }

    public required string RouteType { get; init; }

    public required string RouteTableId { get; init; }

    public string DestinationIpv6CidrBlock { get; init; } = "";

    public required string RouteItemId { get; init; }

    public bool PublishedToVbc { get; init; }

    public required string CreatedTime { get; init; }
}

/// <summary>A NatGateway record.</summary>
internal sealed record WireNatGateway
{
    public required string NatGatewayId { get; init; }

    public required string NatGatewayName { get; init; }

    public required string CreatedTime { get; init; }

    public required string State { get; init; }

    public int InternetMaxBandwidthOut { get; init; }

    public int MaxConcurrentConnection { get; init; } = 1000000;

    public required IReadOnlyList<WireNatAddress> PublicIpAddressSet { get; init; }

    public required string NetworkState { get; init; }

    public required string VpcId { get; init; }

    public required string Zone { get; init; }

    public required string SubnetId { get; init; }

    public required IReadOnlyList<WireTag> TagSet { get; init; }

    public required string RestrictState { get; init; }

    public int NatProductVersion { get; init; } = 1;
}

internal sealed record WireNatAddress(string AddressId, string? PublicIpAddress, bool IsBlocked);
