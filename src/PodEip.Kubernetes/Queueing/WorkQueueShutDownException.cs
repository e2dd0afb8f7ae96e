namespace PodEip.Kubernetes.Queueing;

/// <summary>A queue was shut down and everything ready was handed out: the worker's loop ends.</summary>
public sealed class WorkQueueShutDownException(string queue) : InvalidOperationException($"The queue '{queue}' is shut down.");
