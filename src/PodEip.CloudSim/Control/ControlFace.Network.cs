using Microsoft.AspNetCore.Builder;
using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.Control;

internal sealed partial class ControlFace
{
    private void MapNetwork(WebApplication app)
    {
        Route(app, "GET", "/vpcs", http => WriteAsync(http, Model.Vpcs, Json.IReadOnlyListVpc));
        Route(app, "POST", "/vpcs", async http => await WriteAsync(http, (await ReadAsync(http, Json.NewVpc)).CreateIn(Model), Json.Vpc));
        Route(app, "GET", "/subnets", http => WriteAsync(http, Model.Subnets, Json.IReadOnlyListSubnet));
        Route(app, "POST", "/subnets", async http => await WriteAsync(http, (await ReadAsync(http, Json.NewSubnet)).CreateIn(Model), Json.Subnet));

        Route(app, "GET", "/cvms", http => WriteAsync(http, Model.Cvms, Json.IReadOnlyListCvm));
        Route(app, "POST", "/cvms", async http => await WriteAsync(http, (await ReadAsync(http, Json.NewCvm)).CreateIn(Model), Json.Cvm));
        Route(app, "PATCH", "/cvms/{id}", async http =>
        {
            var change = await ReadAsync(http, Json.CvmChange);
            var cvm = Model.ChangeCvm(Id(http), c => c with
            {
                State = change.State ?? c.State,
                StopChargingMode = change.StopChargingMode ?? c.StopChargingMode,
                PublicIpLimit = change.PublicIpLimit ?? c.PublicIpLimit,
                CamRoleName = change.CamRoleName ?? c.CamRoleName,
                Name = change.Name ?? c.Name,
            });
            await WriteAsync(http, cvm, Json.Cvm);
        });
        Route(app, "DELETE", "/cvms/{id}", http => Do(() => Model.TerminateCvm(Id(http))));

        Route(app, "GET", "/enis", http => WriteAsync(http, Model.Enis, Json.IReadOnlyListEni));
        Route(app, "POST", "/enis", async http =>
        {
            var wanted = await ReadAsync(http, Json.NewEni);
            var subnet = wanted.SubnetId ?? (wanted.InstanceId is { } cvm ? Model.FindCvm(cvm)?.SubnetId : null) ?? throw new CloudFault("MissingParameter", "subnetId, or instanceId of an existing CVM, must be given.");
            var eni = Model.CreateEni(subnet, wanted.InstanceId, wanted.Id, wanted.Instant, wanted.PrivateIp);
            Model.AssignPrivateIps(eni.Id, wanted.Ips, instant: wanted.Instant);
            await WriteAsync(http, Model.FindEni(eni.Id)!, Json.Eni);
        });
        Route(app, "DELETE", "/enis/{id}", http => Do(() => Model.DeleteEni(Id(http))));
        Route(app, "POST", "/enis/{id}/attach", async http =>
        {
            var target = (await ReadAsync(http, Json.AttachTarget)).InstanceId ?? throw new CloudFault("MissingParameter", "instanceId must be given.");
            await WriteAsync(http, Model.AttachEni(Id(http), target), Json.Eni);
        });
        Route(app, "POST", "/enis/{id}/detach", http => WriteAsync(http, Model.DetachEni(Id(http)), Json.Eni));
        Route(app, "POST", "/enis/{id}/ips", async http =>
        {
            var wanted = await ReadAsync(http, Json.NewIps);
            Model.AssignPrivateIps(Id(http), wanted.Count, wanted.Ips, wanted.Instant);
            await WriteAsync(http, Model.FindEni(Id(http))!, Json.Eni);
        });
        Route(app, "POST", "/enis/{id}/ips/return", async http =>
        {
            var wanted = await ReadAsync(http, Json.ReturnedIps);
            Model.ReturnPrivateIps(Id(http), wanted.Ips ?? [], wanted.Instant);
            await WriteAsync(http, Model.FindEni(Id(http))!, Json.Eni);
        });
    }
}
