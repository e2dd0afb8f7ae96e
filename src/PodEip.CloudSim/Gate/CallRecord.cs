namespace PodEip.CloudSim.Gate;

/// <summary>One call that reached the gate.</summary>
/// <param name="Sequence">Number of the call, from 1.</param>
/// <param name="At">When it came, by the model's clock.</param>
/// <param name="Action">Action.</param>
/// <param name="SecretId">Who called; null for in-process callers.</param>
/// <param name="RequestId">Request id of the answer.</param>
/// <param name="Subject">Ids it was about, shortened.</param>
/// <param name="Code">Error code; <c>Dropped</c> when there was no answer; null for success.</param>
/// <param name="Executed">The work was done, whatever was answered.</param>
/// <param name="Milliseconds">Time from coming to answering, by the model's clock.</param>
public sealed record CallRecord(long Sequence, DateTimeOffset At, string Action, string? SecretId, string RequestId, string Subject, string? Code, bool Executed, double Milliseconds);

/// <summary>Counts of one action.</summary>
/// <param name="Action">Action.</param>
/// <param name="Calls">All calls.</param>
/// <param name="Succeeded">Those answered well.</param>
/// <param name="Executed">Those whose work was done.</param>
/// <param name="Errors">The rest by code.</param>
public sealed record ActionCounters(string Action, long Calls, long Succeeded, long Executed, IReadOnlyDictionary<string, long> Errors);
