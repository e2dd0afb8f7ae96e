namespace PodEip.Cloud.TencentCloud.Wire;

/// <summary>Resources by their six-segment names.</summary>
internal sealed record TagResourcesRequest
{
    public required IReadOnlyList<string> ResourceList { get; init; }

    public required IReadOnlyList<ServiceTagWire> Tags { get; init; }
}

internal sealed record UnTagResourcesRequest
{
    public required IReadOnlyList<string> ResourceList { get; init; }

    public required IReadOnlyList<string> TagKeys { get; init; }
}

internal sealed record ServiceTagWire
{
    public required string TagKey { get; init; }

    public required string TagValue { get; init; }
}

/// <summary>A good answer may still carry failures.</summary>
internal sealed record TagResourcesResponse : CloudResponse
{
    public IReadOnlyList<FailedResourceWire?>? FailedResources { get; init; }
}

internal sealed record FailedResourceWire
{
    public string? Resource { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }
}

internal sealed record DescribeResourcesByTagsRequest
{
    public required IReadOnlyList<TagFilterWire> TagFilters { get; init; }

    public required string ServiceType { get; init; }

    public required string ResourcePrefix { get; init; }

    public required string ResourceRegion { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; }
}

internal sealed record TagFilterWire
{
    public required string TagKey { get; init; }

    public required IReadOnlyList<string> TagValue { get; init; }
}

internal sealed record DescribeResourcesByTagsResponse : CloudResponse
{
    public int? TotalCount { get; init; }

    public IReadOnlyList<ResourceTagWire?>? Rows { get; init; }
}

internal sealed record ResourceTagWire
{
    public string? ResourceId { get; init; }
}
