namespace PodEip.Cloud;

/// <summary>An error of the cloud, or on the way to it.</summary>
public sealed class CloudException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorClass">What it means for the caller.</param>
    /// <param name="action">The action that failed, e.g. <c>AssociateAddress</c>.</param>
    /// <param name="code">The cloud's dotted code, or one of ours for transport trouble (<c>Transport.Timeout</c>, <c>Transport.Failed</c>, <c>Transport.BadAnswer</c>, <c>Transport.NotSent</c>, <c>Transport.HttpNNN</c>) or for want of credentials (<c>Credentials.Unavailable</c>: nothing was sent).</param>
    /// <param name="message">The cloud's words. Untrusted; never holds a secret of ours.</param>
    /// <param name="requestId">The cloud's request id, when it answered.</param>
    /// <param name="innerException">The cause, for transport trouble.</param>
    public CloudException(CloudErrorClass errorClass, string action, string code, string message, string? requestId = null, Exception? innerException = null)
        : base($"{action}: {code}: {message}" + (requestId is null ? "" : $" (request {requestId})"), innerException)
    {
        ErrorClass = errorClass;
        Action = action;
        Code = code;
        CloudMessage = message;
        RequestId = requestId;
    }

    /// <summary>What it means for the caller.</summary>
    public CloudErrorClass ErrorClass { get; }

    /// <summary>The action that failed.</summary>
    public string Action { get; }

    /// <summary>The dotted code.</summary>
    public string Code { get; }

    /// <summary>The cloud's own words.</summary>
    public string CloudMessage { get; }

    /// <summary>The cloud's request id; null when it never answered.</summary>
    public string? RequestId { get; }

    /// <summary>True when a write may have taken effect although it failed here.</summary>
    public bool MayHaveExecuted => ErrorClass is CloudErrorClass.Unclear;
}
