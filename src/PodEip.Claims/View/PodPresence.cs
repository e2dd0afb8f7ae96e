namespace PodEip.Claims.View;

/// <summary>How sure we are that a claim has no Pod. Nothing is ended on the strength of a cache (I8).</summary>
public enum PodPresence
{
    /// <summary>The Pod is in <see cref="ClaimView.Pod"/>.</summary>
    Present,

    /// <summary>The cache has no such Pod; it was not asked afresh.</summary>
    NotSeen,

    /// <summary>An uncached read found no such Pod.</summary>
    ConfirmedAbsent,
}
