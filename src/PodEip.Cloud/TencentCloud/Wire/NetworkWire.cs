namespace PodEip.Cloud.TencentCloud.Wire;

internal sealed record DescribeNetworkInterfacesRequest
{
    public IReadOnlyList<string>? NetworkInterfaceIds { get; init; }

    public IReadOnlyList<FilterWire>? Filters { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; }
}

internal sealed record DescribeNetworkInterfacesResponse : CloudResponse
{
    public int? TotalCount { get; init; }

    public IReadOnlyList<NetworkInterfaceWire?>? NetworkInterfaceSet { get; init; }
}

internal sealed record NetworkInterfaceWire
{
    public string? NetworkInterfaceId { get; init; }

    public string? VpcId { get; init; }

    public string? SubnetId { get; init; }

    public bool? Primary { get; init; }

    /// <summary>Lacks INUSE; <see cref="NetworkInterfaceState"/> has it.</summary>
    public string? State { get; init; }

    public string? NetworkInterfaceState { get; init; }

    public AttachmentWire? Attachment { get; init; }

    public IReadOnlyList<PrivateIpWire?>? PrivateIpAddressSet { get; init; }
}

internal sealed record AttachmentWire
{
    public string? InstanceId { get; init; }
}

/// <summary>Of a request only the address is sent.</summary>
internal sealed record PrivateIpWire
{
    public string? PrivateIpAddress { get; init; }

    public bool? Primary { get; init; }

    public string? AddressId { get; init; }

    public string? State { get; init; }
}

internal sealed record UnassignPrivateIpAddressesRequest
{
    public required string NetworkInterfaceId { get; init; }

    public required IReadOnlyList<PrivateIpWire> PrivateIpAddresses { get; init; }
}

/// <summary>Here the task id is the request id of the ENI write.</summary>
internal sealed record DescribeVpcTaskResultRequest
{
    public required string TaskId { get; init; }
}

internal sealed record DescribeVpcTaskResultResponse : CloudResponse
{
    public string? Status { get; init; }
}

internal sealed record DescribeInstancesRequest
{
    public IReadOnlyList<string>? InstanceIds { get; init; }

    public IReadOnlyList<FilterWire>? Filters { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; }
}

internal sealed record DescribeInstancesResponse : CloudResponse
{
    public int? TotalCount { get; init; }

    public IReadOnlyList<InstanceWire?>? InstanceSet { get; init; }
}

internal sealed record InstanceWire
{
    public string? InstanceId { get; init; }

    public string? InstanceType { get; init; }

    public int? CPU { get; init; }

    public string? InstanceState { get; init; }

    public PlacementWire? Placement { get; init; }

    public VirtualPrivateCloudWire? VirtualPrivateCloud { get; init; }

    public IReadOnlyList<string?>? PrivateIpAddresses { get; init; }

    public IReadOnlyList<string?>? PublicIpAddresses { get; init; }
}

internal sealed record PlacementWire
{
    public string? Zone { get; init; }
}

internal sealed record VirtualPrivateCloudWire
{
    public string? VpcId { get; init; }
}
