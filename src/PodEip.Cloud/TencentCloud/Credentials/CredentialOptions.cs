using System.Text.RegularExpressions;

namespace PodEip.Cloud.TencentCloud.Credentials;

/// <summary>
/// Where credentials come from. Tried in this order, and the first that is set up here is used: environment
/// (TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY, TENCENTCLOUD_TOKEN), workload identity (TKE_ROLE_ARN and its kin),
/// the CVM's role. With <see cref="AssumeRoleArn"/> what was found is used to assume that role.
/// </summary>
public sealed partial record CredentialOptions
{
    /// <summary>The instance metadata service. Default: the cloud's own.</summary>
    public Uri MetadataEndpoint { get; init; } = new("http://metadata.tencentyun.com/");

    /// <summary>Name of the CVM's role; null asks the metadata service for it.</summary>
    public string? InstanceRoleName { get; init; }

    /// <summary>A role to assume on top, <c>qcs::cam::uin/UIN:roleName/NAME</c>; null for none.</summary>
    public string? AssumeRoleArn { get; init; }

    /// <summary>Name of the sessions made by assuming a role, 2 to 128 of letters, digits and <c>=,.@_-</c>.</summary>
    public string RoleSessionName { get; init; } = "podeip";

    /// <summary>External id the role's trust policy may ask for; null for none.</summary>
    public string? AssumeRoleExternalId { get; init; }

    /// <summary>Life of assumed credentials, at most 12 h; the cloud's default is 2 h.</summary>
    public TimeSpan RoleDuration { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Reads an environment variable; replaced in tests.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Checks all values.</summary>
    /// <exception cref="ArgumentException">Names the option, its value, and what is allowed.</exception>
    public void Validate()
    {
        if (!TencentCloudOptions.IsBareOrigin(MetadataEndpoint))
            throw TencentCloudOptions.Bad(nameof(MetadataEndpoint), MetadataEndpoint, "an http or https URL without path, such as http://metadata.tencentyun.com");
        if (InstanceRoleName is not null && !RoleNamePattern().IsMatch(InstanceRoleName))
            throw TencentCloudOptions.Bad(nameof(InstanceRoleName), InstanceRoleName, "1 to 128 of letters, digits and +=,.@_-");
        if (AssumeRoleArn is not null && !AssumeRoleArn.StartsWith("qcs::cam::", StringComparison.Ordinal))
            throw TencentCloudOptions.Bad(nameof(AssumeRoleArn), AssumeRoleArn, "qcs::cam::uin/UIN:roleName/NAME");
        if (!SessionNamePattern().IsMatch(RoleSessionName))
            throw TencentCloudOptions.Bad(nameof(RoleSessionName), RoleSessionName, "2 to 128 of letters, digits and =,.@_-");
        if (RoleDuration < TimeSpan.FromMinutes(10) || RoleDuration > TimeSpan.FromHours(12))
            throw TencentCloudOptions.Bad(nameof(RoleDuration), RoleDuration, "10 min to 12 h");
    }

    [GeneratedRegex("^[A-Za-z0-9+=,.@_-]{1,128}$", RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex RoleNamePattern();

    [GeneratedRegex("^[A-Za-z0-9=,.@_-]{2,128}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SessionNamePattern();
}
