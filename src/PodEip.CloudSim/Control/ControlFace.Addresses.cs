using Microsoft.AspNetCore.Builder;
using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.Control;

internal sealed partial class ControlFace
{
    private void MapAddresses(WebApplication app)
    {
        Route(app, "GET", "/addresses", http => WriteAsync(http, Model.Addresses, Json.IReadOnlyListElasticAddress));
        Route(app, "POST", "/addresses", async http => await WriteAsync(http, (await ReadAsync(http, Json.NewAddress)).CreateIn(Model), Json.ElasticAddress));
        Route(app, "GET", "/addresses/{id}", http => WriteAsync(http, RequireAddress(Id(http)), Json.ElasticAddress));
        Route(app, "PATCH", "/addresses/{id}", async http =>
        {
            var change = await ReadAsync(http, Json.AddressChange);
            var address = Model.ChangeAddress(Id(http), a => a with
            {
                Name = change.Name ?? a.Name,
                IsBlocked = change.IsBlocked ?? a.IsBlocked,
                IsArrears = change.IsArrears ?? a.IsArrears,
                CascadeRelease = change.CascadeRelease ?? a.CascadeRelease,
                Bandwidth = change.Bandwidth ?? a.Bandwidth,
                Tags = change.Tags is { } tags ? ElasticAddress.NoTags.AddRange(tags) : a.Tags,
            });
            await WriteAsync(http, address, Json.ElasticAddress);
        });
        Route(app, "DELETE", "/addresses/{id}", http => Do(() => Model.ForceRelease(Id(http))));
        Route(app, "POST", "/addresses/{id}/unbind", http => Do(() => Model.ForceUnbind(Id(http))));
        Route(app, "POST", "/addresses/{id}/bind", async http =>
        {
            var target = await ReadAsync(http, Json.BindTarget);
            var address = target switch
            {
                { EniId: { } eni, PrivateIp: { } ip } => Model.ForceBind(Id(http), eni, ip),
                { InstanceId: { } instance } => Model.ForceBindInstance(Id(http), instance, target.InstanceType ?? "NAT"),
                _ => throw new CloudFault("MissingParameter", "eniId and privateIp, or instanceId, must be given."),
            };
            await WriteAsync(http, address, Json.ElasticAddress);
        });

        Route(app, "GET", "/tags", http => WriteAsync(http, [.. Model.AccountTags.Select(t => new AccountTag(t.Key, t.Value))], Json.IReadOnlyListAccountTag));
        Route(app, "POST", "/tags", async http =>
        {
            var tag = await ReadAsync(http, Json.AccountTag);
            Model.SetAccountTag(tag.Key, tag.Value, exists: true);
        });
        Route(app, "DELETE", "/tags", async http =>
        {
            var tag = await ReadAsync(http, Json.AccountTag);
            Model.SetAccountTag(tag.Key, tag.Value, exists: false);
        });
    }

    private ElasticAddress RequireAddress(string id) => Model.FindAddress(id) ?? throw new CloudFault("InvalidAddressId.NotFound", $"There is no address `{id}`.");
}
