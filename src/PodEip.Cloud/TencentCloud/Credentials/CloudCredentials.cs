namespace PodEip.Cloud.TencentCloud.Credentials;

/// <summary>A key pair, temporary or lasting. Its text form shows no secret.</summary>
/// <param name="SecretId">Public half.</param>
/// <param name="SecretKey">Secret half; only ever used to sign.</param>
/// <param name="Token">Session token of temporary credentials (sent as X-TC-Token); null for lasting ones.</param>
/// <param name="ExpiresAt">When temporary credentials end; null for lasting ones.</param>
public sealed record CloudCredentials(string SecretId, string SecretKey, string? Token = null, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Kind and expiry only.</summary>
    public override string ToString() => Token is null ? "lasting credentials" : $"temporary credentials until {ExpiresAt?.ToString("O") ?? "?"}";

    /// <summary>True when both would sign and authorise alike.</summary>
    internal bool SameAs(CloudCredentials other) => SecretId == other.SecretId && SecretKey == other.SecretKey && Token == other.Token;
}
