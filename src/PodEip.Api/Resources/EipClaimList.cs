namespace PodEip.Api.Resources;

/// <summary>A page of claims.</summary>
public sealed record EipClaimList
{
    /// <summary>Group and version.</summary>
    public string ApiVersion { get => field ?? PodEipNames.ApiVersion; init; }

    /// <summary>Kind.</summary>
    public string Kind { get => field ?? PodEipNames.ListKind; init; }

    /// <summary>Where the list stands.</summary>
    public ClaimListMetadata Metadata { get => field ?? ClaimListMetadata.Empty; init; }

    /// <summary>The claims.</summary>
    public IReadOnlyList<EipClaim> Items { get => field ?? []; init; }
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
