namespace PodEip.CloudSim.Gate;

/// <summary>A fault took the answer away: the caller must not get any. Over HTTP the connection is closed.</summary>
/// <param name="executed">Whether the work was done.</param>
public sealed class AnswerDroppedException(bool executed) : Exception(executed ? "The answer was dropped after the work was done." : "The request was dropped before any work.")
{
    /// <summary>Whether the work was done; a caller in the real world could not know.</summary>
    public bool Executed { get; } = executed;
}
