namespace PodEip.Kubernetes.Events;

/// <summary>What makes two events one.</summary>
internal sealed record EventIdentity(EventTarget Regarding, EventTarget? Related, EventType Type, string Reason, string Note);

/// <summary>An event and its repetitions. Guarded by the recorder's lock.</summary>
internal sealed class EventSeries(EventIdentity identity, DateTimeOffset firstAt, long now)
{
    public EventIdentity Identity { get; } = identity;

    public DateTimeOffset FirstAt { get; } = firstAt;

    public DateTimeOffset LastAt { get; private set; } = firstAt;

    /// <summary>Monotonic time of the last occurrence.</summary>
    public long LastSeen { get; private set; } = now;

    /// <summary>Monotonic time of the last write; null before the first.</summary>
    public long? LastWritten { get; set; }

    public int Count { get; private set; } = 1;

    public int CountWritten { get; set; }

    /// <summary>The stored event's name; null until it is stored.</summary>
    public string? StoredName { get; set; }

    public bool IsDirty => Count > CountWritten;

    public void Repeat(DateTimeOffset at, long now)
    {
        Count++;
        LastAt = at;
        LastSeen = now;
    }
}
