using PodEip.Kubernetes.Leadership;

namespace PodEip.Controller.Tests.Addresses;

/// <summary>Leads as long as the test says so, and counts how often it was asked.</summary>
internal sealed class FakeLeadership : ILeadership
{
    private int _asked;

    /// <summary>Answers the n-th question, counted from 1.</summary>
    public Func<int, bool> MayCall { get; set; } = _ => true;

    public int Asked => Volatile.Read(ref _asked);

    public List<TimeSpan> Timeouts { get; } = [];

    public bool IsHeld => true;

    public bool MayStartCall(TimeSpan callTimeout)
    {
        lock (Timeouts)
        {
            Timeouts.Add(callTimeout);
        }

        return MayCall(Interlocked.Increment(ref _asked));
    }
}
