namespace PodEip.Cloud.TencentCloud.Credentials;

/// <summary>A source has no credentials to give. The message says why and holds no secret.</summary>
/// <param name="source">Name of the source.</param>
/// <param name="reason">Why, in a few words.</param>
/// <param name="notConfigured">The source is not set up here at all, so that the next of a chain may be asked.</param>
/// <param name="innerException">The cause.</param>
public sealed class CredentialsUnavailableException(string source, string reason, bool notConfigured = false, Exception? innerException = null)
    : Exception($"{source}: {reason}", innerException)
{
    /// <summary>Why, in a few words.</summary>
    public string Reason { get; } = reason;

    /// <summary>True when the source is not set up here; false when it is and failed.</summary>
    public bool NotConfigured { get; } = notConfigured;
}
