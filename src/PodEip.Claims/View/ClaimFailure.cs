namespace PodEip.Claims.View;

/// <summary>The last thing that went wrong for a claim, and when it is tried again.</summary>
/// <param name="Reason">Condition reason, of <see cref="Api.Reasons"/>.</param>
/// <param name="Message">For people: the cloud's code, words and request id.</param>
/// <param name="RetryAt">Not before.</param>
/// <param name="Event">Event reason to record with it; null for none.</param>
public sealed record ClaimFailure(string Reason, string Message, DateTimeOffset RetryAt, string? Event);
