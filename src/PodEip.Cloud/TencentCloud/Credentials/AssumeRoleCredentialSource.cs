using PodEip.Cloud.TencentCloud.Transport;
using PodEip.Cloud.TencentCloud.Wire;

namespace PodEip.Cloud.TencentCloud.Credentials;

/// <summary>A role assumed with the credentials of another source (AssumeRole).</summary>
internal sealed class AssumeRoleCredentialSource(CredentialOptions options, CachedCredentials foundation, CloudTransport transport) : ICredentialSource
{
    public string Name => $"AssumeRole on {foundation.Name}";

    public async ValueTask<CloudCredentials> FetchAsync(CancellationToken cancellationToken)
    {
        var request = new AssumeRoleRequest
        {
            RoleArn = options.AssumeRoleArn!,
            RoleSessionName = options.RoleSessionName,
            DurationSeconds = (int)options.RoleDuration.TotalSeconds,
            ExternalId = options.AssumeRoleExternalId,
        };
        var credentials = await foundation.GetAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return AssumedRole.Read(Name, await transport.SendAsync(CloudActions.AssumeRole, request, credentials, CachedCredentials.FetchTimeout, cancellationToken).ConfigureAwait(false));
        }
        catch (CloudException e) when (CloudCaller.MayBeStale(e))
        {
            var renewed = await foundation.RenewAsync(credentials, cancellationToken).ConfigureAwait(false);
            if (renewed is null)
                throw new CredentialsUnavailableException(Name, e.Message, innerException: e);
            return await RepeatAsync(request, renewed, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException e)
        {
            throw new CredentialsUnavailableException(Name, e.Message, innerException: e);
        }
    }

    private async ValueTask<CloudCredentials> RepeatAsync(AssumeRoleRequest request, CloudCredentials renewed, CancellationToken cancellationToken)
    {
        try
        {
            return AssumedRole.Read(Name, await transport.SendAsync(CloudActions.AssumeRole, request, renewed, CachedCredentials.FetchTimeout, cancellationToken).ConfigureAwait(false));
        }
        catch (CloudException e)
        {
            throw new CredentialsUnavailableException(Name, e.Message, innerException: e);
        }
    }
}
