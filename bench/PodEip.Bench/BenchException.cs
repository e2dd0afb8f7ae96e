namespace PodEip.Bench;

/// <summary>A case can't go on, or saw that what it measures does not work; the message says what was seen.</summary>
internal sealed class BenchException(string message, Exception? cause = null) : Exception(message, cause);
