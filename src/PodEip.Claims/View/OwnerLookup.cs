using PodEip.Api.Resources;

namespace PodEip.Claims.View;

/// <summary>What is known of the workload at the top of a chain of owners.</summary>
public abstract record OwnerLookup
{
    private OwnerLookup()
    {
    }

    /// <summary>Not asked, or too long ago.</summary>
    public sealed record NotAsked : OwnerLookup;

    /// <summary>Asked, and the API server gave no answer that says anything: asked again after a while.</summary>
    public sealed record Unanswered : OwnerLookup;

    /// <summary>There is no owner at all.</summary>
    public sealed record None : OwnerLookup;

    /// <summary>The chain was followed to its end, or as far as it may be read.</summary>
    /// <param name="Top">The last owner that was read; the missing one where an owner is gone.</param>
    /// <param name="State">How the chain stands.</param>
    /// <param name="Beyond">The owner above it, of a kind that may not be read or is not served; null where the chain ends.</param>
    public sealed record Known(WorkloadReference Top, OwnerState State, WorkloadReference? Beyond = null) : OwnerLookup;
}
