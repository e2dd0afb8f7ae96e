namespace PodEip.Kubernetes.Watching;

/// <summary>The part of an informer that is the same for every kind: for start-up and readiness code.</summary>
public interface IInformer
{
    /// <summary>Names the resource in logs and metrics, e.g. <c>pods</c>.</summary>
    string Name { get; }

    /// <summary>True once the store has held a complete list, and the resource has been served since.</summary>
    bool HasSynced { get; }

    /// <summary>False while the server answers that there is no such resource (its CRD is missing). The store keeps its last content meanwhile.</summary>
    bool IsServed { get; }

    /// <summary>Lists, watches and keeps doing so until cancelled; throws only on cancellation or on a fault of a handler or projection. Call once.</summary>
    Task RunAsync(CancellationToken ct);

    /// <summary>Waits until the first list is in the store.</summary>
    /// <param name="limit">The longest wait.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="TimeoutException">The limit passed; the message names the resource and the last error.</exception>
    Task WaitForSyncAsync(TimeSpan limit, CancellationToken ct);
}
