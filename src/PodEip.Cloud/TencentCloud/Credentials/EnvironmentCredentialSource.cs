namespace PodEip.Cloud.TencentCloud.Credentials;

/// <summary>TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY and, for temporary credentials, TENCENTCLOUD_TOKEN.</summary>
internal sealed class EnvironmentCredentialSource(Func<string, string?> environment) : ICredentialSource
{
    public string Name => "environment";

    public ValueTask<CloudCredentials> FetchAsync(CancellationToken cancellationToken)
    {
        var id = Read("TENCENTCLOUD_SECRET_ID");
        var key = Read("TENCENTCLOUD_SECRET_KEY");
        if (id is null && key is null)
            throw new CredentialsUnavailableException(Name, "TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY are not set", notConfigured: true);
        // Half a pair is a slip of the operator; going on to another identity would hide it.
        if (id is null || key is null)
            throw new CredentialsUnavailableException(Name, $"{(id is null ? "TENCENTCLOUD_SECRET_ID" : "TENCENTCLOUD_SECRET_KEY")} is not set, but the other half of the pair is");
        return ValueTask.FromResult(new CloudCredentials(id, key, Read("TENCENTCLOUD_TOKEN")));
    }

    private string? Read(string name) => environment(name)?.Trim() is { Length: > 0 } value ? value : null;
}
