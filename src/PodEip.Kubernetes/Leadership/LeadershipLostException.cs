namespace PodEip.Kubernetes.Leadership;

/// <summary>The lease could not be renewed in time, or another holds it. The process must stop: what it believes may be out of date.</summary>
public sealed class LeadershipLostException(string message, Exception? innerException = null) : Exception(message, innerException);
