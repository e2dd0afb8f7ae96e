namespace PodEip.Cloud.Addresses;

/// <summary>What DescribeAddresses is asked. Ids exclude the other filters; filters are ANDed, values of one filter ORed.</summary>
public sealed record AddressQuery
{
    /// <summary>Ids to look up, at most 100.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Exact name.</summary>
    public string? Name { get; init; }

    /// <summary>A tag the address carries.</summary>
    public KeyValuePair<string, string>? Tag { get; init; }

    /// <summary>One private IP it is bound to.</summary>
    public string? PrivateIp { get; init; }

    /// <summary>Public IPs, at most 100.</summary>
    public IReadOnlyList<string>? PublicIps { get; init; }

    /// <summary>ENIs it is bound to, at most 100.</summary>
    public IReadOnlyList<string>? NetworkInterfaceIds { get; init; }

    /// <summary>First row.</summary>
    public int Offset { get; init; }

    /// <summary>Rows a page, 1 to 100.</summary>
    public int Limit { get; init; } = 100;
}
