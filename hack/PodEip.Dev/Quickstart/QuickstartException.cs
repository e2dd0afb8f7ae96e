namespace PodEip.Dev.Quickstart;

/// <summary>The quickstart can't go on; the message is for the person in front of it: what is wrong, what was seen, what to do.</summary>
public sealed class QuickstartException(string message, Exception? cause = null) : Exception(message, cause);
