namespace PodEip.CloudSim.Model.Calls;

/// <summary>TagResources.</summary>
/// <param name="Resources">Six-segment names, at most 10.</param>
/// <param name="Tags">Tags, at most 10; an existing key gets the new value.</param>
public sealed record TagResourcesCall(IReadOnlyList<string> Resources, IReadOnlyList<KeyValuePair<string, string>> Tags);

/// <summary>UnTagResources.</summary>
/// <param name="Resources">Six-segment names, at most 10.</param>
/// <param name="TagKeys">Keys, at most 10.</param>
public sealed record UnTagResourcesCall(IReadOnlyList<string> Resources, IReadOnlyList<string> TagKeys);

/// <summary>A resource whose tags could not be changed.</summary>
/// <param name="Resource">Its six-segment name as sent.</param>
/// <param name="Code">Error code.</param>
/// <param name="Message">Words for people.</param>
public sealed record FailedTagResource(string Resource, string Code, string Message);

/// <summary>Answer of the two tag writes: good even when some resources failed.</summary>
/// <param name="Failed">Those that failed.</param>
public sealed record TagWriteAnswer(IReadOnlyList<FailedTagResource> Failed);

/// <summary>One group of a tag search: any of the values (any at all when none is given).</summary>
/// <param name="Key">Tag key.</param>
/// <param name="Values">Values, ORed.</param>
public sealed record TagFilter(string Key, IReadOnlyList<string> Values);

/// <summary>DescribeResourcesByTags.</summary>
public sealed record DescribeResourcesByTagsCall
{
    /// <summary>1 to 6 groups, ANDed.</summary>
    public required IReadOnlyList<TagFilter> TagFilters { get; init; }

    /// <summary>First row; a multiple of <see cref="Limit"/>; 0 when null.</summary>
    public int? Offset { get; init; }

    /// <summary>Rows a page; 15 when null.</summary>
    public int? Limit { get; init; }

    /// <summary>Sixth-segment prefix: <c>eip</c>, <c>eni</c>, <c>instance</c>.</summary>
    public string? ResourcePrefix { get; init; }

    /// <summary>Exact id.</summary>
    public string? ResourceId { get; init; }

    /// <summary>Region.</summary>
    public string? ResourceRegion { get; init; }

    /// <summary>Third segment: <c>vpc</c>, <c>cvm</c>.</summary>
    public string? ServiceType { get; init; }
}

/// <summary>A resource with its tags.</summary>
/// <param name="ServiceType">Third segment.</param>
/// <param name="ResourcePrefix">Sixth-segment prefix.</param>
/// <param name="ResourceId">Id.</param>
/// <param name="Tags">Tags.</param>
public sealed record TaggedResource(string ServiceType, string ResourcePrefix, string ResourceId, IReadOnlyDictionary<string, string> Tags);

/// <summary>Answer of <see cref="DescribeResourcesByTagsCall"/>.</summary>
/// <param name="TotalCount">Matches before paging.</param>
/// <param name="Offset">As asked.</param>
/// <param name="Limit">As asked.</param>
/// <param name="Rows">The page.</param>
public sealed record DescribeResourcesByTagsAnswer(int TotalCount, int Offset, int Limit, IReadOnlyList<TaggedResource> Rows);
