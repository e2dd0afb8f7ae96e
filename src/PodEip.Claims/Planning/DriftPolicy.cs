namespace PodEip.Claims.Planning;

/// <summary>What is done about an address that was changed behind our back (<c>--drift</c>).</summary>
public enum DriftPolicy
{
    /// <summary>It is put right, where that takes nothing from anybody.</summary>
    Repair,

    /// <summary>It is said on the claim, and left as it is.</summary>
    Report,

    /// <summary>It is left as it is, without a warning.</summary>
    Ignore,
}
