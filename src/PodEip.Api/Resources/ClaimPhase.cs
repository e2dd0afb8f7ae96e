namespace PodEip.Api.Resources;

/// <summary>The summary of a claim's conditions that people see. Programs read the conditions.</summary>
public static class ClaimPhase
{
    /// <summary>No address yet.</summary>
    public const string Pending = "Pending";

    /// <summary>There is an address, not bound yet.</summary>
    public const string Allocated = "Allocated";

    /// <summary>The address is bound to the Pod.</summary>
    public const string Bound = "Bound";

    /// <summary>The Pod is gone, the address is kept.</summary>
    public const string Retained = "Retained";

    /// <summary>The claim ends.</summary>
    public const string Releasing = "Releasing";

    /// <summary>It cannot be served as it is written; waiting does not help.</summary>
    public const string Failed = "Failed";
}
