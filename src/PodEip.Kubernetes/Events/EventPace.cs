namespace PodEip.Kubernetes.Events;

/// <summary>
/// Lets a burst of events through at once, and then so many a second. Events are writes as those that they tell of, and nobody waits for them: in a
/// rollout of thousands of Pods they give way.
/// </summary>
internal sealed class EventPace(EventRecorderOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private double _left = options.Burst;
    private long _at = time.GetTimestamp();

    /// <summary>Takes a turn.</summary>
    /// <returns>How long it is until then.</returns>
    public TimeSpan Take()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(options.Burst, _left + (time.GetElapsedTime(_at, now).TotalSeconds * options.PerSecond)) - 1;
            _at = now;
            return _left >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_left / options.PerSecond);
        }
    }
}
