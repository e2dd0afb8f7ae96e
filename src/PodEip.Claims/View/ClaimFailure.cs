namespace PodEip.Claims.View;

/// <summary>The last thing that went wrong for a claim, and when it is tried again.</summary>
/// <param name="Reason">Condition reason, of <see cref="Api.Reasons"/>.</param>
/// <param name="Message">For people: the cloud's code and words. The same for as long as the same failure lasts.</param>
/// <param name="RetryAt">Not before.</param>
/// <param name="Event">Event reason to record with it; null for none.</param>
public sealed record ClaimFailure(string Reason, string Message, DateTimeOffset RetryAt, string? Event)
{
    /// <summary>The cloud's action and code: what tells one failure from another, whatever the words.</summary>
    public string? Code { get; init; }

    /// <summary>Request id of the try that first failed like this; it stands in the event and not in the status.</summary>
    public string? RequestId { get; init; }

    /// <summary>Tries in a row that failed, for the pace.</summary>
    public int Tries { get; init; }

    /// <summary>This failure after another one: while it is the same, it is said in the same words.</summary>
    public ClaimFailure After(ClaimFailure? before) =>
        Code is not null && before is not null && string.Equals(Code, before.Code, StringComparison.Ordinal) && string.Equals(Reason, before.Reason, StringComparison.Ordinal)
            ? this with { Message = before.Message, RequestId = before.RequestId }
            : this;

    /// <summary>A failure as a claim's status tells of it, after a restart; null when the words are not those of a call that failed.</summary>
    /// <param name="reason">Reason of the condition.</param>
    /// <param name="message">Its message.</param>
    /// <param name="retryAt">Not before.</param>
    /// <param name="tries">Tries so far.</param>
    public static ClaimFailure? Restored(string reason, string message, DateTimeOffset retryAt, int tries) =>
        message.Split(": ", 3) is [var action, var code, _] && action.Length > 0 && action.All(char.IsAsciiLetter)
            ? new ClaimFailure(reason, message, retryAt, Event: null) { Code = $"{action}: {code}", Tries = tries }
            : null;
}
