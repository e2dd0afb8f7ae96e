namespace PodEip.Cloud;

/// <summary>One call that went to the cloud, and how it ended.</summary>
/// <param name="Action">The cloud's action, e.g. <c>AssociateAddress</c>.</param>
/// <param name="Error">The class of its error; null when it was answered well, or cancelled.</param>
/// <param name="Code">The dotted code of its error, or one of ours (<c>Transport.…</c>); null when it was answered well, or cancelled.</param>
/// <param name="Duration">From sending to the whole answer.</param>
/// <param name="Cancelled">The caller gave up on it.</param>
public readonly record struct CloudCall(string Action, CloudErrorClass? Error, string? Code, TimeSpan Duration, bool Cancelled);
