using PodEip.Cloud;

namespace PodEip.Controller.Addresses;

/// <summary>The calls of one action that wait to be sent, with their pace.</summary>
internal sealed class Lane(double perSecond)
{
    private readonly PriorityQueue<(QueuedCall Call, DateTimeOffset Since), (int Priority, long Order)> _waiting = new();
    private long _order;

    public Pace Pace { get; } = new(perSecond);

    public int Count => _waiting.Count;

    /// <summary>Why nothing is sent on this lane for a while: no permission, or no valid key. One refusal speaks for all.</summary>
    public CloudException? HeldBy { get; private set; }

    public DateTimeOffset HeldUntil { get; private set; }

    /// <param name="call">The call.</param>
    /// <param name="priority">Smaller goes first.</param>
    /// <param name="now">The time.</param>
    public void Add(QueuedCall call, int priority, DateTimeOffset now) => _waiting.Enqueue((call, now), (priority, _order++));

    public void Hold(CloudException error, DateTimeOffset until)
    {
        HeldBy = error;
        HeldUntil = until;
    }

    public bool IsHeld(DateTimeOffset now) => HeldBy is not null && now < HeldUntil;

    public (QueuedCall Call, DateTimeOffset Since) Dequeue() => _waiting.Dequeue();
}
