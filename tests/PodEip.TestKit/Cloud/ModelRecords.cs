using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Cloud.TencentCloud;
using PodEip.Cloud.TencentCloud.Wire;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;

namespace PodEip.TestKit.Cloud;

/// <summary>From the model's records to the port's.</summary>
internal static partial class ModelRecords
{
    public static IReadOnlyList<CloudFilter>? Filters(IReadOnlyList<FilterWire>? filters) =>
        filters is null ? null : [.. filters.Select(filter => new CloudFilter(filter.Name, filter.Values))];

    public static Address Read(ElasticAddress address) => new()
    {
        Id = address.Id,
        Status = RecordReader.Status(address.Status.Text()),
        Name = address.Name,
        PublicIp = address.PublicIp,
        Target = address is { EniId: { } eni, PrivateIp: { } ip } ? new NetworkTarget(eni, ip) : null,
        InstanceId = address.InstanceId,
        InstanceType = address.InstanceType,
        AddressType = address.Type,
        InternetServiceProvider = address.Isp,
        InternetChargeType = address.ChargeType,
        BandwidthMbps = address.Bandwidth,
        IsArrears = address.IsArrears,
        IsBlocked = address.IsBlocked,
        CascadeRelease = address.CascadeRelease,
        CreatedAt = address.CreatedAt,
        Tags = address.Tags,
    };

    public static NetworkInterface Read(EniView view) => new()
    {
        Id = view.Eni.Id,
        VpcId = view.Eni.VpcId,
        SubnetId = view.Eni.SubnetId,
        InstanceId = view.Eni.InstanceId,
        IsPrimary = view.Eni.IsPrimary,
        State = view.Eni.State.Text(),
        PrivateIps = [.. view.Ips.Select(ip => new PrivateIp(ip.Ip.Ip, ip.Ip.IsPrimary, ip.Address is { IsOrdinary: false } address ? address.Id : null, ip.Ip.State.Text()))],
    };

    public static Instance Read(CvmView view) => new()
    {
        MachineType = view.Cvm.InstanceType,
        Id = view.Cvm.Id,
        Cpu = view.Cvm.Cpu,
        State = view.Cvm.State,
        Zone = view.Cvm.Zone,
        VpcId = view.Cvm.VpcId,
        PrivateIps = view.PrivateIps,
        PublicIps = view.PublicIps,
    };

    public static CloudTaskState Read(CloudTaskResult result) => result switch
    {
        CloudTaskResult.Running => CloudTaskState.Running,
        CloudTaskResult.Success => CloudTaskState.Succeeded,
        _ => CloudTaskState.Failed,
    };

    public static IReadOnlyList<FailedTagging> Read(TagWriteAnswer answer) =>
        [.. answer.Failed.Select(failed => new FailedTagging(failed.Resource[(failed.Resource.LastIndexOf('/') + 1)..], failed.Code, failed.Message))];
}
