namespace PodEip.Claims.View;

/// <summary>A question that needs a read of its own.</summary>
public enum Answer
{
    /// <summary>Not asked yet.</summary>
    NotAsked,

    /// <summary>Yes.</summary>
    Yes,

    /// <summary>No.</summary>
    No,
}
