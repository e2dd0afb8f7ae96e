namespace PodEip.Api.Demands;

/// <summary>What becomes of a claim when its Pod is gone.</summary>
public enum DeletePolicy
{
    /// <summary>It goes with the Pod.</summary>
    Delete,

    /// <summary>It stays, with its address, for the next Pod of that name ("fixed").</summary>
    Never,
}
