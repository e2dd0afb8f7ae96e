namespace PodEip.Kubernetes.Leadership;

/// <summary>What the leader's work sees of the lease. Time decides, not the renewing loop: a process that was stopped and resumed reads false at once.</summary>
internal sealed class HeldLease(TimeProvider time, TimeSpan leaseDuration, long renewStarted) : ILeadership
{
    private long _renewStarted = renewStarted;
    private volatile bool _ended;

    public bool IsHeld => MayStartCall(TimeSpan.Zero);

    /// <summary>Time since the start of the last renewal that succeeded.</summary>
    public TimeSpan Age => time.GetElapsedTime(Volatile.Read(ref _renewStarted));

    public bool MayStartCall(TimeSpan callTimeout) => !_ended && Age + callTimeout < leaseDuration;

    /// <summary>A renewal that was sent at this timestamp has succeeded.</summary>
    public void Renewed(long started) => Volatile.Write(ref _renewStarted, started);

    /// <summary>Lost or released: never held again.</summary>
    public void End() => _ended = true;
}
