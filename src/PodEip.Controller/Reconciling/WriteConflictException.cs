namespace PodEip.Controller.Reconciling;

/// <summary>The object changed, or went away, since the step was planned. Not an error: plan again.</summary>
public sealed class WriteConflictException(string message, Exception? innerException = null) : Exception(message, innerException);
