using System.Net;

namespace PodEip.Kubernetes.Api;

/// <summary>The API server refused a call, or never answered it.</summary>
public sealed class KubeApiException : Exception
{
    /// <summary>Reason of ours: no connection, or it broke before the answer was complete.</summary>
    public const string Unreachable = "Unreachable";

    /// <summary>Reason of ours: no answer within the call's time limit.</summary>
    public const string Timeout = "Timeout";

    /// <summary>Reason of ours: the answer is not the JSON it should be.</summary>
    public const string BadAnswer = "BadAnswer";

    /// <summary>Creates the error.</summary>
    /// <param name="call">Method and path, e.g. <c>PATCH /api/v1/…</c>.</param>
    /// <param name="statusCode">The HTTP code; 0 when there was no answer.</param>
    /// <param name="reason">The machine-readable reason of <c>metav1.Status</c>, or one of the constants here.</param>
    /// <param name="detail">The server's words. Untrusted.</param>
    /// <param name="retryAfter">How long the server asks to wait; null when it did not say.</param>
    /// <param name="innerException">The cause, for transport trouble.</param>
    /// <param name="isConflict">The answer means a conflict although its code is not 409.</param>
    public KubeApiException(
        string call, HttpStatusCode statusCode, string reason, string detail, TimeSpan? retryAfter = null, Exception? innerException = null, bool isConflict = false)
        : base($"{call}: {(statusCode == default ? "" : $"{(int)statusCode} ")}{reason}: {detail}", innerException)
    {
        StatusCode = statusCode;
        Reason = reason;
        RetryAfter = retryAfter;
        IsConflict = isConflict || (statusCode == HttpStatusCode.Conflict && reason != "AlreadyExists");
    }

    /// <summary>The HTTP code; 0 when there was no answer.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>The machine-readable reason, e.g. <c>Conflict</c>, <c>AlreadyExists</c>, <c>Expired</c>, <c>Timeout</c>.</summary>
    public string Reason { get; }

    /// <summary>How long the server asked to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>
    /// The object is not at the version or UID the call named: read again, decide again. Servers say so with 409, and to patches
    /// that name another UID, and to JSON patches whose test fails, with 422: both count.
    /// </summary>
    public bool IsConflict { get; }

    /// <summary>A create found the name taken.</summary>
    public bool IsAlreadyExists => StatusCode == HttpStatusCode.Conflict && Reason == "AlreadyExists";

    /// <summary>No such object, or no such resource.</summary>
    public bool IsNotFound => StatusCode == HttpStatusCode.NotFound;

    /// <summary>A right is missing.</summary>
    public bool IsForbidden => StatusCode == HttpStatusCode.Forbidden;

    /// <summary>The version asked for is no longer kept: list again.</summary>
    public bool IsGone => StatusCode == HttpStatusCode.Gone;

    /// <summary>The server understood the object and finds it invalid: the same again will not do.</summary>
    public bool IsInvalid => StatusCode == HttpStatusCode.UnprocessableEntity && !IsConflict;

    /// <summary>Asking again later can help. A write may have taken effect unless the code is 429.</summary>
    public bool IsTransient => StatusCode is default(HttpStatusCode) or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)StatusCode >= 500;
}
