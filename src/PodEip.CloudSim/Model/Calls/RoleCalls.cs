namespace PodEip.CloudSim.Model.Calls;

/// <summary>AssumeRole.</summary>
/// <param name="RoleArn">Six-segment role name: <c>qcs::cam::uin/UIN:roleName/NAME</c>.</param>
/// <param name="SessionName">2 to 128 of letters, digits and <c>=,.@_-</c>.</param>
/// <param name="Duration">Seconds the credential lives; 7200 when null, at most 43200.</param>
public sealed record AssumeRoleCall(string RoleArn, string SessionName, int? Duration = null);

/// <summary>AssumeRoleWithWebIdentity.</summary>
/// <param name="ProviderId">OIDC provider.</param>
/// <param name="WebIdentityToken">OIDC token.</param>
/// <param name="RoleArn">Six-segment role name.</param>
/// <param name="SessionName">Session name.</param>
/// <param name="Duration">Seconds the credential lives; 7200 when null, at most 43200.</param>
public sealed record AssumeRoleWithWebIdentityCall(string ProviderId, string WebIdentityToken, string RoleArn, string SessionName, int? Duration = null);

/// <summary>A temporary credential.</summary>
/// <param name="SecretId">Id, sent in the signature.</param>
/// <param name="SecretKey">Key, signs.</param>
/// <param name="Token">Session token, sent along.</param>
/// <param name="ExpiresAt">End of its life.</param>
public sealed record AssumeRoleAnswer(string SecretId, string SecretKey, string Token, DateTimeOffset ExpiresAt);
