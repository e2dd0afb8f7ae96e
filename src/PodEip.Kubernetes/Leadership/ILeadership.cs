namespace PodEip.Kubernetes.Leadership;

/// <summary>What work that must be done by one process at a time asks before each step.</summary>
public interface ILeadership
{
    /// <summary>True while the lease, by this process's monotonic clock, can't have passed to another.</summary>
    bool IsHeld { get; }

    /// <summary>
    /// True only when a call that is sent now and given up after <paramref name="callTimeout"/> ends before the lease can pass to
    /// another: now + timeout &lt; start of the last successful renewal + lease duration.
    /// </summary>
    /// <param name="callTimeout">The longest the call may take.</param>
    bool MayStartCall(TimeSpan callTimeout);
}
