namespace PodEip.Hosting;

/// <summary>The process can't start here. The message is for the operator: what is wrong, and what to do.</summary>
public sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);
