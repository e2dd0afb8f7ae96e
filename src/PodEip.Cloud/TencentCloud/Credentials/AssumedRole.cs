using PodEip.Cloud.TencentCloud.Transport;
using PodEip.Cloud.TencentCloud.Wire;

namespace PodEip.Cloud.TencentCloud.Credentials;

/// <summary>What both AssumeRole actions answer, read with suspicion.</summary>
internal static class AssumedRole
{
    public static CloudCredentials Read(string source, AssumeRoleResponse answer)
    {
        if (answer.Credentials is not { TmpSecretId.Length: > 0, TmpSecretKey.Length: > 0, Token.Length: > 0 } found)
            throw new CredentialsUnavailableException(source, "the answer lacks TmpSecretId, TmpSecretKey or Token");
        return new CloudCredentials(found.TmpSecretId, found.TmpSecretKey, found.Token, CloudText.Expiry(answer.ExpiredTime, answer.Expiration));
    }
}
