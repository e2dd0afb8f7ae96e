using PodEip.Cloud.TencentCloud.Transport;
using PodEip.Cloud.TencentCloud.Wire;

namespace PodEip.Cloud.TencentCloud.Credentials;

/// <summary>
/// TKE's workload identity: the projected service account token of this Pod, traded for a role's credentials
/// (AssumeRoleWithWebIdentity, unsigned). The platform sets TKE_REGION, TKE_PROVIDER_ID, TKE_WEB_IDENTITY_TOKEN_FILE and TKE_ROLE_ARN.
/// </summary>
internal sealed class WebIdentityCredentialSource(CredentialOptions options, CloudTransport transport) : ICredentialSource
{
    private const string TokenFileVariable = "TKE_WEB_IDENTITY_TOKEN_FILE";

    public string Name => "workload identity";

    public async ValueTask<CloudCredentials> FetchAsync(CancellationToken cancellationToken)
    {
        var tokenFile = Read(TokenFileVariable);
        var roleArn = Read("TKE_ROLE_ARN");
        var providerId = Read("TKE_PROVIDER_ID");
        if (tokenFile is null && roleArn is null && providerId is null)
            throw new CredentialsUnavailableException(Name, $"TKE_ROLE_ARN, TKE_PROVIDER_ID and {TokenFileVariable} are not set", notConfigured: true);
        if (tokenFile is null || roleArn is null || providerId is null)
            throw Failed($"{(tokenFile is null ? TokenFileVariable : roleArn is null ? "TKE_ROLE_ARN" : "TKE_PROVIDER_ID")} is not set, but its companions are");

        var request = new AssumeRoleWithWebIdentityRequest
        {
            ProviderId = providerId,
            RoleArn = roleArn,
            RoleSessionName = options.RoleSessionName,
            WebIdentityToken = await ReadTokenAsync(tokenFile, cancellationToken).ConfigureAwait(false),
            DurationSeconds = (int)options.RoleDuration.TotalSeconds,
        };
        try
        {
            var answer = await transport.SendAsync(CloudActions.AssumeRoleWithWebIdentity, request, credentials: null, CachedCredentials.FetchTimeout, cancellationToken, Read("TKE_REGION")).ConfigureAwait(false);
            return AssumedRole.Read(Name, answer);
        }
        catch (CloudException e)
        {
            throw new CredentialsUnavailableException(Name, e.Message, innerException: e);
        }
    }

    /// <summary>Read anew each time: the kubelet replaces the file well before the token in it ends.</summary>
    private async Task<string> ReadTokenAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var token = (await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)).Trim();
            return token.Length > 0 ? token : throw Failed($"the token file {file} ({TokenFileVariable}) is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CredentialsUnavailableException(Name, $"the token file {file} ({TokenFileVariable}) cannot be read: {e.Message}", innerException: e);
        }
    }

    private string? Read(string name) => options.Environment(name)?.Trim() is { Length: > 0 } value ? value : null;

    private CredentialsUnavailableException Failed(string reason) => new(Name, reason);
}
