namespace PodEip.Claims.Planning;

/// <summary>What may be found changed about a claim's address that this system did not change.</summary>
[Flags]
public enum DriftKind
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It was unbound under the Pod it was bound to.</summary>
    Unbound = 1,

    /// <summary>It is bound to something that is not the claim's Pod.</summary>
    BoundElsewhere = 2,

    /// <summary>It no longer exists.</summary>
    Released = 4,

    /// <summary>It lost our tag.</summary>
    Untagged = 8,

    /// <summary>It carries the tag of another cluster, or of TKE.</summary>
    Retagged = 16,

    /// <summary>Blocked, or isolated for arrears, while it is bound.</summary>
    Unusable = 32,

    /// <summary>Unbinding would release it.</summary>
    CascadeRelease = 64,
}
