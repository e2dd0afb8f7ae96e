namespace PodEip.TestKit.Waiting;

/// <summary>What was waited for did not come; the message says what was seen last.</summary>
public sealed class EventuallyException(string message, Exception? cause) : Exception(message, cause);
