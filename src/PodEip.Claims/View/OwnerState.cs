namespace PodEip.Claims.View;

/// <summary>How an owner, or the chain it is at the top of, stands.</summary>
public enum OwnerState
{
    /// <summary>Of a kind that may not be read, or is not served: nothing is known of it but its name.</summary>
    Unreadable,

    /// <summary>There, and not ending.</summary>
    Present,

    /// <summary>There, with a deletion timestamp.</summary>
    Ending,

    /// <summary>Not there, or another of the same name is.</summary>
    Gone,
}
