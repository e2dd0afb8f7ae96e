using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.Control;

internal sealed partial class ControlFace
{
    private void MapAccess(WebApplication app)
    {
        Route(app, "GET", "/access", http => WriteAsync(http, ViewAccess(), Json.AccessView));
        Route(app, "PUT", "/keys/{id}", async http => (await ReadAsync(http, Json.NewKey) with { SecretId = Id(http) }).SetIn(Model.Access));
        Route(app, "DELETE", "/keys/{id}", http => Model.Access.RemoveKey(Id(http)) ? Task.CompletedTask : throw NoKey(Id(http)));
        Route(app, "POST", "/keys/{id}/grant", http => ChangeKeyAsync(http, granted: true));
        Route(app, "POST", "/keys/{id}/deny", http => ChangeKeyAsync(http, granted: false));
        Route(app, "PUT", "/roles/{id}", async http => (await ReadAsync(http, Json.NewRole) with { Name = Id(http) }).SetIn(Model.Access));
        Route(app, "POST", "/roles/{id}/grant", http => ChangeRoleAsync(http, granted: true));
        Route(app, "POST", "/roles/{id}/deny", http => ChangeRoleAsync(http, granted: false));
        Route(app, "PUT", "/metadata", async http => Model.Access.MetadataRole = (await ReadAsync(http, Json.MetadataChoice)).Role);
    }

    private AccessView ViewAccess()
    {
        var (keys, roles) = Model.Access.List();
        return new AccessView(
            [.. keys.Select(k => new KeyView(k.SecretId, k.Allow, k.Deny, k.RoleName, k.ExpiresAt))],
            [.. roles.Select(r => new NewRole { Name = r.Name, Allow = r.Allow, Deny = r.Deny })],
            Model.Access.MetadataRole);
    }

    private async Task ChangeKeyAsync(HttpContext http, bool granted)
    {
        var actions = await ReadPatternsAsync(http);
        var key = Model.Access.Find(Id(http)) ?? throw NoKey(Id(http));
        var (allow, deny) = Change(key.Allow, key.Deny, actions, granted);
        Model.Access.SetKey(key with { Allow = allow, Deny = deny });
    }

    private async Task ChangeRoleAsync(HttpContext http, bool granted)
    {
        var actions = await ReadPatternsAsync(http);
        var role = Model.Access.FindRole(Id(http)) ?? throw new CloudFault("ResourceNotFound", $"There is no role `{Id(http)}`.");
        var (allow, deny) = Change(role.Allow, role.Deny, actions, granted);
        Model.Access.SetRole(role with { Allow = allow, Deny = deny });
    }

    private static async Task<IReadOnlyList<string>> ReadPatternsAsync(HttpContext http) => (await ReadAsync(http, Json.Patterns)).Actions is { Count: > 0 } actions
        ? actions
        : throw new CloudFault("MissingParameter", "actions must hold at least one pattern, such as `cvm:AllocateAddresses`.");

    // A denial stands above every pattern that allows, so granting takes back the same denial.
    private static (IReadOnlyList<string> Allow, IReadOnlyList<string> Deny) Change(IReadOnlyList<string> allow, IReadOnlyList<string> deny, IReadOnlyList<string> actions, bool granted) => granted
        ? ([.. allow.Union(actions)], [.. deny.Except(actions)])
        : ([.. allow.Except(actions)], [.. deny.Union(actions)]);

    private static CloudFault NoKey(string id) => new("ResourceNotFound", $"There is no key `{id}`.");
}
