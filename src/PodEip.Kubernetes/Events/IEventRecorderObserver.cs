namespace PodEip.Kubernetes.Events;

/// <summary>The hook for the recorder's metrics. Be quick, do not throw.</summary>
public interface IEventRecorderObserver
{
    /// <summary>An event, or a new count of one, was written.</summary>
    void Written(EventType type, string reason);

    /// <summary>An event was dropped.</summary>
    /// <param name="why"><c>Overload</c>, <c>Refused</c> (the server did not take it) or <c>Shutdown</c>.</param>
    void Dropped(string why);
}
