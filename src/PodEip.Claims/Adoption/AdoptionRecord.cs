using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Adoption;

/// <summary>One address of the former cluster, and what is to be done about it.</summary>
public sealed record AdoptionRecord
{
    /// <summary>The address as it was read.</summary>
    public required Address Address { get; init; }

    /// <summary>Its name in the cloud marks it as a fixed claim's.</summary>
    public required bool IsFixed { get; init; }

    /// <summary>The claim it belongs to; null when no known name has its mark.</summary>
    public ClaimKey? Claim { get; init; }

    /// <summary>Where that name is known from, for people.</summary>
    public string? Source { get; init; }

    /// <summary>What is done.</summary>
    public required AdoptionAction Action { get; init; }

    /// <summary>The spec of the claim that is to be made; null when there is one.</summary>
    public EipClaimSpec? NewClaim { get; init; }

    /// <summary>Why, for people.</summary>
    public required string Why { get; init; }

    /// <summary>A fixed address that stays with the former cluster.</summary>
    public bool IsOrphaned => IsFixed && Action is AdoptionAction.Leave;
}
