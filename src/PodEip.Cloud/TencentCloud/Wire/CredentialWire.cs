namespace PodEip.Cloud.TencentCloud.Wire;

internal sealed record AssumeRoleRequest
{
    public required string RoleArn { get; init; }

    public required string RoleSessionName { get; init; }

    public int DurationSeconds { get; init; }

    public string? ExternalId { get; init; }
}

internal sealed record AssumeRoleWithWebIdentityRequest
{
    public required string ProviderId { get; init; }

    public required string WebIdentityToken { get; init; }

    public required string RoleArn { get; init; }

    public required string RoleSessionName { get; init; }

    public int DurationSeconds { get; init; }
}

internal sealed record AssumeRoleResponse : CloudResponse
{
    public TemporaryCredentialsWire? Credentials { get; init; }

    public long? ExpiredTime { get; init; }

    public string? Expiration { get; init; }
}

internal sealed record TemporaryCredentialsWire
{
    public string? TmpSecretId { get; init; }

    public string? TmpSecretKey { get; init; }

    public string? Token { get; init; }
}

/// <summary>The instance metadata service's answer; in no envelope.</summary>
internal sealed record InstanceRoleAnswer
{
    public string? TmpSecretId { get; init; }

    public string? TmpSecretKey { get; init; }

    public string? Token { get; init; }

    public long? ExpiredTime { get; init; }

    public string? Expiration { get; init; }

    public string? Code { get; init; }
}
