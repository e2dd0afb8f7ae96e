using System.Text;
using System.Text.Json;
using PodEip.CloudSim.Model.Access;
using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Model;

public sealed partial class CloudModel
{
    /// <summary>AssumeRole.</summary>
    public AssumeRoleAnswer AssumeRole(AssumeRoleCall call, CallContext? context = null)
    {
        var (role, life) = CheckRole(call.RoleArn, call.SessionName, call.Duration, "InvalidParameter.OverTimeError");
        return Issue(role, life);
    }

    /// <summary>AssumeRoleWithWebIdentity. A token that is a JWT is refused when expired; otherwise the role's list decides, an empty one takes any.</summary>
    public AssumeRoleAnswer AssumeRoleWithWebIdentity(AssumeRoleWithWebIdentityCall call, CallContext? context = null)
    {
        var (role, life) = CheckRole(call.RoleArn, call.SessionName, call.Duration, "InvalidParameter.ParamError");
        if (call.ProviderId.Length == 0)
        {
            throw new CloudFault("InvalidParameter.ParamError", "ProviderId is empty.");
        }

        if (call.WebIdentityToken.Length == 0
            || (role.WebIdentityTokens.Count > 0 && !role.WebIdentityTokens.Contains(call.WebIdentityToken))
            || ExpiryOf(call.WebIdentityToken) <= Now)
        {
            throw new CloudFault("InvalidParameter.WebIdentityTokenError", "The OIDC token is not valid, or expired.");
        }

        return Issue(role, life);
    }

    private AssumeRoleAnswer Issue(Role role, TimeSpan life)
    {
        var pair = Access.Issue(role.Name, life);
        return new AssumeRoleAnswer(pair.SecretId, pair.SecretKey, pair.Token!, pair.ExpiresAt!.Value);
    }

    private (Role Role, TimeSpan Life) CheckRole(string arn, string session, int? duration, string durationCode)
    {
        if (session.Length is < 2 or > 128 || session.Any(c => !char.IsAsciiLetterOrDigit(c) && !"=,.@_-".Contains(c, StringComparison.Ordinal)))
        {
            throw new CloudFault("InvalidParameter.ParamError", $"RoleSessionName `{session}` must be 2 to 128 of letters, digits and `=,.@_-`.");
        }

        var seconds = duration ?? 7200;
        if (seconds is < 1 or > 43200)
        {
            throw new CloudFault(durationCode, $"DurationSeconds is {seconds}; it must lie between 1 and 43200.");
        }

        var start = $"qcs::cam::uin/{Settings.Uin}:roleName/";
        var name = arn.StartsWith(start, StringComparison.Ordinal) ? arn[start.Length..]
            : arn.StartsWith("qcs::cam::uin/:roleName/", StringComparison.Ordinal) ? arn["qcs::cam::uin/:roleName/".Length..]
            : arn.StartsWith("qcs::cam::uin/", StringComparison.Ordinal) ? ""
            : throw new CloudFault("InvalidParameter.ParamError", $"RoleArn `{arn}` does not look like `{start}NAME`.");
        var role = Access.FindRole(name) ?? throw new CloudFault("ResourceNotFound.RoleNotFound", $"There is no role `{arn}`.");
        return (role, TimeSpan.FromSeconds(seconds));
    }

    private static DateTimeOffset? ExpiryOf(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            var text = parts[1].Replace('-', '+').Replace('_', '/');
            using var claims = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='))));
            return claims.RootElement.TryGetProperty("exp", out var exp) && exp.TryGetInt64(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            // Three parts with dots, but no JWT: it is judged as opaque text.
            return null;
        }
    }
}
