namespace PodEip.Controller.Cluster;

/// <summary>The journal of purchases holds something that can't be read. Nothing may be bought until a person has looked at it.</summary>
public sealed class JournalUnreadableException(string message) : Exception(message);
