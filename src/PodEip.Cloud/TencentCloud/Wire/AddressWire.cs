using System.Text.Json;

namespace PodEip.Cloud.TencentCloud.Wire;

internal sealed record AllocateAddressesWireRequest
{
    public int AddressCount { get; init; }

    public string? InternetServiceProvider { get; init; }

    public string? InternetChargeType { get; init; }

    public int? InternetMaxBandwidthOut { get; init; }

    public AddressChargePrepaidWire? AddressChargePrepaid { get; init; }

    public string? AddressType { get; init; }

    public string? AnycastZone { get; init; }

    public IReadOnlyList<TagWire>? Tags { get; init; }

    public string? BandwidthPackageId { get; init; }

    public string? AddressName { get; init; }

    public string? Egress { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record AddressChargePrepaidWire
{
    public int Period { get; init; }
}

internal sealed record AllocateAddressesResponse : CloudResponse
{
    public IReadOnlyList<string?>? AddressSet { get; init; }

    public JsonElement? TaskId { get; init; }
}

internal sealed record AssociateAddressRequest
{
    public required string AddressId { get; init; }

    public required string NetworkInterfaceId { get; init; }

    public required string PrivateIpAddress { get; init; }
}

internal sealed record DisassociateAddressRequest
{
    public required string AddressId { get; init; }
}

internal sealed record ReleaseAddressesRequest
{
    public required IReadOnlyList<string> AddressIds { get; init; }
}

internal sealed record ModifyAddressesBandwidthRequest
{
    public required IReadOnlyList<string> AddressIds { get; init; }

    public int InternetMaxBandwidthOut { get; init; }
}

internal sealed record ModifyAddressAttributeRequest
{
    public required string AddressId { get; init; }

    public required string AddressName { get; init; }
}

internal sealed record DescribeAddressesRequest
{
    public IReadOnlyList<string>? AddressIds { get; init; }

    public IReadOnlyList<FilterWire>? Filters { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; }
}

internal sealed record DescribeAddressesResponse : CloudResponse
{
    public int? TotalCount { get; init; }

    public IReadOnlyList<AddressWire?>? AddressSet { get; init; }
}

internal sealed record AddressWire
{
    public string? AddressId { get; init; }

    public string? AddressName { get; init; }

    public string? AddressStatus { get; init; }

    public string? AddressIp { get; init; }

    public string? InstanceId { get; init; }

    public string? InstanceType { get; init; }

    public string? NetworkInterfaceId { get; init; }

    public string? PrivateAddressIp { get; init; }

    public string? CreatedTime { get; init; }

    public string? AddressType { get; init; }

    public bool? IsArrears { get; init; }

    public bool? IsBlocked { get; init; }

    public bool? CascadeRelease { get; init; }

    public string? InternetServiceProvider { get; init; }

    public int? Bandwidth { get; init; }

    public string? InternetChargeType { get; init; }

    public IReadOnlyList<TagWire?>? TagSet { get; init; }
}

internal sealed record DescribeAddressQuotaResponse : CloudResponse
{
    public IReadOnlyList<QuotaWire?>? QuotaSet { get; init; }
}

internal sealed record QuotaWire
{
    public string? QuotaId { get; init; }

    public int? QuotaCurrent { get; init; }

    public int? QuotaLimit { get; init; }
}

/// <summary>Here the task id is an integer, though the writes answer it as a string.</summary>
internal sealed record DescribeTaskResultRequest
{
    public long TaskId { get; init; }
}

internal sealed record DescribeTaskResultResponse : CloudResponse
{
    public string? Result { get; init; }
}
