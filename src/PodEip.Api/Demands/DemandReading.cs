namespace PodEip.Api.Demands;

/// <summary>Everything the annotations of a Pod say.</summary>
public sealed record DemandReading
{
    /// <summary>Which address it wants.</summary>
    public required PodDemand Demand { get; init; }

    /// <summary>What becomes of the claim when the Pod is gone.</summary>
    public DeletePolicy DeletePolicy { get; init; }

    /// <summary>How long a fixed claim outlives its Pod; null: the operator's flag counts.</summary>
    public TimeSpan? Expiry { get; init; }

    /// <summary>
    /// Why <c>claim-expired-duration</c> cannot be read. That does not stand in the way of binding, and changes nothing: a claim keeps
    /// the expiry it has, a new one follows the operator's flag.
    /// </summary>
    public string? ExpiryError { get; init; }

    /// <summary>How the Pod is connected.</summary>
    public NetworkMode Network { get; init; }

    /// <summary>Why it is not on VPC-CNI; null when it is.</summary>
    public string? NetworkReason { get; init; }
}
