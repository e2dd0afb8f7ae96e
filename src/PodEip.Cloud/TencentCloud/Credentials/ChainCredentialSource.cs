namespace PodEip.Cloud.TencentCloud.Credentials;

/// <summary>The first source that is set up here. One that is set up and fails ends the search: acting as somebody else instead would hide it.</summary>
internal sealed class ChainCredentialSource(IReadOnlyList<ICredentialSource> sources) : ICredentialSource
{
    public string Name => string.Join(", then ", sources.Select(source => source.Name));

    public async ValueTask<CloudCredentials> FetchAsync(CancellationToken cancellationToken)
    {
        var tried = new List<string>();
        foreach (var source in sources)
        {
            try
            {
                return await source.FetchAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (CredentialsUnavailableException e)
            {
                tried.Add(e.Message);
                if (!e.NotConfigured)
                    break;
            }
        }

        throw new CredentialsUnavailableException("no credentials", "tried " + string.Join("; ", tried));
    }
}
