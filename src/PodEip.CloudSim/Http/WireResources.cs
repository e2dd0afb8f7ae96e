namespace PodEip.CloudSim.Http;

/// <summary>An Address record of DescribeAddresses.</summary>
internal sealed record WireAddress
{
    public required string AddressId { get; init; }

    public string? AddressName { get; init; }

    public required string AddressStatus { get; init; }

    public string? AddressIp { get; init; }

    public string? InstanceId { get; init; }

    public required string CreatedTime { get; init; }

    public string? NetworkInterfaceId { get; init; }

    public string? PrivateAddressIp { get; init; }

    public bool IsArrears { get; init; }

    public bool IsBlocked { get; init; }

    public bool IsEipDirectConnection { get; init; }

    public required string AddressType { get; init; }

    public bool CascadeRelease { get; init; }

    public required string InternetServiceProvider { get; init; }

    public bool LocalBgp { get; init; }

    public int? Bandwidth { get; init; }

    public string? InternetChargeType { get; init; }

    public required IReadOnlyList<WireTag> TagSet { get; init; }

    public string? DeadlineDate { get; init; }

    public string? InstanceType { get; init; }

    public string? Egress { get; init; }

    public string? AntiDDoSPackageId { get; init; }

    public string? RenewFlag { get; init; }

    public string? BandwidthPackageId { get; init; }

    public string? UnVpcId { get; init; }

    public string? DedicatedClusterId { get; init; }
}

/// <summary>A NetworkInterface record.</summary>
internal sealed record WireEni
{
    public required string NetworkInterfaceId { get; init; }

    public required string NetworkInterfaceName { get; init; }

    public required string NetworkInterfaceDescription { get; init; }

    public required string SubnetId { get; init; }

    public required string VpcId { get; init; }

    public required IReadOnlyList<string> GroupSet { get; init; }

    public bool Primary { get; init; }

    public required string MacAddress { get; init; }

    public required string State { get; init; }

    public required string NetworkInterfaceState { get; init; }

    public required IReadOnlyList<WirePrivateIp> PrivateIpAddressSet { get; init; }

    public WireAttachment? Attachment { get; init; }

    public required string Zone { get; init; }

    public required string CreatedTime { get; init; }

    public IReadOnlyList<string> Ipv6AddressSet { get; init; } = [];

    public required IReadOnlyList<WireTag> TagSet { get; init; }

    public int EniType { get; init; }

    public string? Business { get; init; }

    public int AttachType { get; init; }

    public string QosLevel { get; init; } = "DEFAULT";
}

internal sealed record WireAttachment(int DeviceIndex, string InstanceAccountId, string? AttachTime, string InstanceId);

internal sealed record WirePrivateIp(string PrivateIpAddress, bool Primary, string PublicIpAddress, string AddressId, string Description, bool IsWanIpBlocked, string State, string QosLevel);

/// <summary>An Instance record of DescribeInstances: the fields a controller needs.</summary>
internal sealed record WireInstance
{
    public required WirePlacement Placement { get; init; }

    public required string InstanceId { get; init; }

    public required string InstanceType { get; init; }

    public int CPU { get; init; }

    public int Memory { get; init; }

    public string RestrictState { get; init; } = "NORMAL";

    public required string InstanceName { get; init; }

    public string InstanceChargeType { get; init; } = "POSTPAID_BY_HOUR";

    public required IReadOnlyList<string> PrivateIpAddresses { get; init; }

    public IReadOnlyList<string>? PublicIpAddresses { get; init; }

    public required WireVirtualPrivateCloud VirtualPrivateCloud { get; init; }

    public required string CreatedTime { get; init; }

    public required IReadOnlyList<string> SecurityGroupIds { get; init; }

    public required string InstanceState { get; init; }

    public required IReadOnlyList<WireTag> Tags { get; init; }

    public required string StopChargingMode { get; init; }

    public string? CamRoleName { get; init; }

    public string IsolatedSource { get; init; } = "NOTISOLATED";
}

internal sealed record WirePlacement(string Zone, int ProjectId);

internal sealed record WireVirtualPrivateCloud(string VpcId, string SubnetId, bool AsVpcGateway);
