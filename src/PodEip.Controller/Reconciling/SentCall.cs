using PodEip.Controller.Addresses;

namespace PodEip.Controller.Reconciling;

/// <summary>A call under way.</summary>
/// <param name="Call">The call.</param>
/// <param name="Order">Place in the order of reads and writes at which it was begun.</param>
/// <param name="BegunAt">When.</param>
public sealed record SentCall(QueuedCall Call, long Order, DateTimeOffset BegunAt);
