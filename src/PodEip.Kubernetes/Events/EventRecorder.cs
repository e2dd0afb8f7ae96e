using Microsoft.Extensions.Logging;
using PodEip.Kubernetes.Api;

namespace PodEip.Kubernetes.Events;

/// <summary>Writes <c>events.k8s.io/v1</c> events in the background.</summary>
public sealed class EventRecorder : IEventRecorder, IAsyncDisposable
{
    /// <summary>Creates a recorder and starts its background writer.</summary>
    /// <param name="api">The API server.</param>
    /// <param name="options">Who records, and limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="observer">Metrics; null for none.</param>
    public EventRecorder(KubeApi api, EventRecorderOptions options, TimeProvider time, ILogger logger, IEventRecorderObserver? observer = null)
    {
    }

    /// <inheritdoc/>
    public void Record(EventTarget regarding, EventType type, string reason, string note, EventTarget? related = null)
        => throw new NotSupportedException();

    /// <summary>Writes what is waiting, within the limit, and stops.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
