namespace PodEip.Kubernetes.Events;

/// <summary>An event's severity, as Kubernetes knows it.</summary>
public enum EventType
{
    /// <summary>Things go as they should.</summary>
    Normal,

    /// <summary>Somebody may have to act.</summary>
    Warning,
}
