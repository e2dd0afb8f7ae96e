namespace PodEip.Cloud.TencentCloud.Credentials;

/// <summary>A place credentials come from.</summary>
public interface ICredentialSource
{
    /// <summary>What people call it, for logs and errors, e.g. <c>environment</c>.</summary>
    string Name { get; }

    /// <summary>Fetches credentials, each time anew.</summary>
    /// <exception cref="CredentialsUnavailableException">There are none here, or they could not be had.</exception>
    ValueTask<CloudCredentials> FetchAsync(CancellationToken cancellationToken);
}
