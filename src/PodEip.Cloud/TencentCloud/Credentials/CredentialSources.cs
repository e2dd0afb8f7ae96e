using Microsoft.Extensions.Logging;

using PodEip.Cloud.TencentCloud.Transport;

namespace PodEip.Cloud.TencentCloud.Credentials;

/// <summary>Puts the sources together as the options say.</summary>
internal static class CredentialSources
{
    public static CachedCredentials Create(TencentCloudOptions options, HttpClient metadata, CloudTransport transport, TimeProvider time, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger<CachedCredentials>();
        var wanted = options.Credentials;
        var source = options.CredentialSource ?? new ChainCredentialSource(
        [
            new EnvironmentCredentialSource(wanted.Environment),
            new WebIdentityCredentialSource(wanted, transport),
            new InstanceRoleCredentialSource(metadata, wanted.MetadataEndpoint, wanted.InstanceRoleName),
        ]);
        var found = new CachedCredentials(source, time, logger);
        return wanted.AssumeRoleArn is null
            ? found
            : new CachedCredentials(new AssumeRoleCredentialSource(wanted, found, transport), time, logger);
    }
}
