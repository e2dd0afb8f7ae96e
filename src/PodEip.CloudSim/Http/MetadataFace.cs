using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model.Access;

namespace PodEip.CloudSim.Http;

/// <summary>The metadata service that a CVM sees: its role's name and a temporary credential.</summary>
internal sealed class MetadataFace(CloudGate gate)
{
    private const string RolePath = "/latest/meta-data/cam/security-credentials/";
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private KeyPair? _issued;

    public async Task HandleAsync(HttpContext http)
    {
        var settings = gate.Model.Settings;
        var role = gate.Model.Access.MetadataRole;
        var path = http.Request.Path.Value ?? "";
        var (text, type) = path switch
        {
            "/latest/meta-data/placement/region" => (settings.Region, "text/plain"),
            "/latest/meta-data/placement/zone" => (gate.Model.Cvms is [{ Zone: var zone }, ..] ? zone : null, "text/plain"),
            "/latest/meta-data/instance-id" => (gate.Model.Cvms is [{ Id: var id }, ..] ? id : null, "text/plain"),
            RolePath => (role, "text/plain"),
            _ when role is not null && path == RolePath + role => (Credential(role), "application/json"),
            _ => (null, ""),
        };
        if (text is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = type;
        await http.Response.WriteAsync(text, http.RequestAborted);
    }

    // As on a CVM, callers get the same credential until it nears its end.
    private string Credential(string role)
    {
        KeyPair pair;
        var life = gate.Model.Settings.RoleCredentialLife;
        var renewBefore = RenewBefore < life / 2 ? RenewBefore : life / 2;
        lock (_lock)
        {
            if (_issued is null || _issued.RoleName != role || _issued.ExpiresAt - renewBefore <= gate.Model.Now || gate.Model.Access.Find(_issued.SecretId) is null)
            {
                _issued = gate.Model.Access.Issue(role, life);
            }

            pair = _issued;
        }

        var expires = pair.ExpiresAt!.Value;
        return JsonSerializer.Serialize(
            new WireRoleCredential(pair.SecretId, pair.SecretKey, expires.ToUnixTimeSeconds(), WireMapping.Iso(expires), pair.Token!, "Success"),
            WireJson.Default.WireRoleCredential);
    }
}
