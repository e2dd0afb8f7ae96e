namespace PodEip.Kubernetes.Events;

/// <summary>Takes events to be shown on objects. Never waits and never fails: under overload events are dropped and counted.</summary>
public interface IEventRecorder
{
    /// <summary>Records an event.</summary>
    /// <param name="regarding">The object it is shown on.</param>
    /// <param name="type">Its severity.</param>
    /// <param name="reason">A stable CamelCase word, e.g. <c>AssociatedEIP</c>; also the event's action.</param>
    /// <param name="note">For people; cut at 1,024 bytes.</param>
    /// <param name="related">A second object it concerns.</param>
    void Record(EventTarget regarding, EventType type, string reason, string note, EventTarget? related = null);
}
