namespace PodEip.Api.Demands;

/// <summary>Everything the annotations of a Pod say.</summary>
public sealed record DemandReading
{
    /// <summary>Which address it wants.</summary>
    public required PodDemand Demand { get; init; }

    /// <summary>What becomes of the claim when the Pod is gone.</summary>
    public DeletePolicy DeletePolicy { get; init; }

    /// <summary>How long a fixed claim outlives its Pod; null: the operator's flag counts, or none if <see cref="ExpiryError"/> is set.</summary>
    public TimeSpan? Expiry { get; init; }

    /// <summary>
    /// Why <c>claim-expired-duration</c> cannot be read. It does not stand in the way of binding, and while it is there the claim must
    /// not expire at all: the user asked for a time of their own, and nothing is destroyed on the strength of a misspelt one.
    /// </summary>
    public string? ExpiryError { get; init; }

    /// <summary>How the Pod is connected.</summary>
    public NetworkMode Network { get; init; }

    /// <summary>Why it is not on VPC-CNI; null when it is.</summary>
    public string? NetworkReason { get; init; }
}
