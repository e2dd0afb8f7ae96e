namespace PodEip.Kubernetes.Leadership;

/// <summary>Leadership without an election, for a process that is run alone.</summary>
public sealed class NoElection : ILeadership
{
    /// <inheritdoc/>
    public bool IsHeld => true;

    /// <inheritdoc/>
    public bool MayStartCall(TimeSpan callTimeout) => true;
}
