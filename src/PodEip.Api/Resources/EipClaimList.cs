namespace PodEip.Api.Resources;

/// <summary>A page of claims.</summary>
public sealed record EipClaimList
{
    /// <summary>Group and version.</summary>
    public string ApiVersion { get; init => field = value ?? PodEipNames.ApiVersion; } = PodEipNames.ApiVersion;

    /// <summary>Kind.</summary>
    public string Kind { get; init => field = value ?? PodEipNames.ListKind; } = PodEipNames.ListKind;

    /// <summary>Where the list stands.</summary>
    public ClaimListMetadata Metadata { get; init => field = value ?? ClaimListMetadata.Empty; } = ClaimListMetadata.Empty;

    /// <summary>The claims.</summary>
    public IReadOnlyList<EipClaim> Items { get; init => field = value ?? []; } = [];
}

/// <summary>Where a list stands.</summary>
public sealed record ClaimListMetadata
{
    /// <summary>Nothing known.</summary>
    public static ClaimListMetadata Empty { get; } = new();

    /// <summary>Version to watch from.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Token of the next page.</summary>
    public string? Continue { get; init; }

    /// <summary>How many are left, when the server says so.</summary>
    public long? RemainingItemCount { get; init; }
}
