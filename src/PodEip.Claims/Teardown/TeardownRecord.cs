using PodEip.Api;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Teardown;

/// <summary>One address, and what is to be done about it.</summary>
public sealed record TeardownRecord
{
    /// <summary>The address as it was read.</summary>
    public required Address Address { get; init; }

    /// <summary>It carries this cluster's mark.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>It outlives its Pod.</summary>
    public bool IsFixed { get; init; }

    /// <summary>The claim it belongs to; null when none is known.</summary>
    public ClaimKey? Claim { get; init; }

    /// <summary>What is done.</summary>
    public required TeardownAction Action { get; init; }

    /// <summary>It is bound where it was read, and may be taken off there. Bound anywhere else it is left.</summary>
    public bool MayUnbind { get; init; }

    /// <summary>The name it must have to be recognised later; null when it has it, or needs none.</summary>
    public string? Rename { get; init; }

    /// <summary>Why, for people.</summary>
    public required string Why { get; init; }

    /// <summary>An own address that will still be there although it was not asked to be kept.</summary>
    public bool IsLeftOver { get; init; }
}
