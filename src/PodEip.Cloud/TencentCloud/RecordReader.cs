using System.Text.Json;

using Microsoft.Extensions.Logging;

using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Cloud.TencentCloud.Transport;
using PodEip.Cloud.TencentCloud.Wire;

namespace PodEip.Cloud.TencentCloud;

/// <summary>From the wire to the port's records, believing nothing.</summary>
internal sealed partial class RecordReader(ILogger logger)
{
    /// <summary>What the console shows for an address without a name, and the API sometimes answers.</summary>
    private const string UnnamedInChinese = "未命名";

    public Page<Address> Addresses(DescribeAddressesResponse response) =>
        Page("DescribeAddresses", response.AddressSet, response.TotalCount, ReadAddress);

    public Page<NetworkInterface> NetworkInterfaces(DescribeNetworkInterfacesResponse response) =>
        Page("DescribeNetworkInterfaces", response.NetworkInterfaceSet, response.TotalCount, ReadNetworkInterface);

    public Page<Instance> Instances(DescribeInstancesResponse response) =>
        Page("DescribeInstances", response.InstanceSet, response.TotalCount, ReadInstance);

    public Page<string> TaggedAddresses(DescribeResourcesByTagsResponse response) =>
        Page("DescribeResourcesByTags", response.Rows, response.TotalCount, row => CloudText.Id(row.ResourceId));

    public static IReadOnlyList<AddressQuota> Quotas(DescribeAddressQuotaResponse response) =>
        [.. (response.QuotaSet ?? []).Where(q => q is { QuotaId.Length: > 0, QuotaCurrent: not null, QuotaLimit: not null })
            .Select(q => new AddressQuota(CloudText.Clean(q!.QuotaId, 64), q.QuotaCurrent!.Value, q.QuotaLimit!.Value))];

    public static IReadOnlyList<FailedTagging> FailedTaggings(TagResourcesResponse response) =>
        [.. (response.FailedResources ?? []).OfType<FailedResourceWire>().Select(failed => new FailedTagging(
            CloudText.Clean(failed.Resource?[(failed.Resource.LastIndexOf('/') + 1)..], CloudText.MaxIdLength),
            CloudText.Clean(failed.Code, 128),
            CloudText.Clean(failed.Message, 1024)))];

    /// <summary>A task id written as a string of digits or as a number; null for anything else.</summary>
    public static long? TaskId(JsonElement? written) => written switch
    {
        { ValueKind: JsonValueKind.String } text when long.TryParse(text.GetString(), out var id) => id,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var id) => id,
        _ => null,
    };

    public static CloudTaskState TaskState(string action, string? text, string? requestId) => text switch
    {
        "RUNNING" => CloudTaskState.Running,
        "SUCCESS" => CloudTaskState.Succeeded,
        "FAILED" => CloudTaskState.Failed,
        _ => throw CloudAnswer.Bad(action, $"the task's state is \"{CloudText.Clean(text, 64)}\"", requestId),
    };

    public static AddressStatus Status(string? text) => text switch
    {
        "CREATING" => AddressStatus.Creating,
        "UNBIND" => AddressStatus.Unbound,
        "BINDING" => AddressStatus.Binding,
        "BIND" or "BIND_ENI" => AddressStatus.Bound,
        "UNBINDING" => AddressStatus.Unbinding,
        "OFFLINING" => AddressStatus.Offlining,
        _ => AddressStatus.Unknown,
    };

    private Page<TRecord> Page<TRow, TRecord>(string action, IReadOnlyList<TRow?>? rows, int? totalCount, Func<TRow, TRecord?> read)
        where TRow : class
        where TRecord : class
    {
        var records = new List<TRecord>(rows?.Count ?? 0);
        foreach (var row in rows ?? [])
        {
            if (row is not null && read(row) is { } record)
                records.Add(record);
            else
                RowDropped(logger, action);
        }

        return new Page<TRecord>(records, Math.Max(totalCount ?? 0, rows?.Count ?? 0));
    }

    private static Address? ReadAddress(AddressWire wire)
    {
        if (!CloudText.IsId(wire.AddressId))
            return null;
        var eni = CloudText.Id(wire.NetworkInterfaceId);
        var privateIp = CloudText.Ipv4(wire.PrivateAddressIp);
        return new Address
        {
            Id = wire.AddressId,
            Status = Status(wire.AddressStatus),
            Name = wire.AddressName is null or "" or UnnamedInChinese ? null : CloudText.Clean(wire.AddressName, 128),
            PublicIp = CloudText.Ipv4(wire.AddressIp),
            Target = eni is not null && privateIp is not null ? new NetworkTarget(eni, privateIp) : null,
            InstanceId = CloudText.Id(wire.InstanceId),
            InstanceType = CloudText.Word(wire.InstanceType),
            AddressType = CloudText.Word(wire.AddressType),
            InternetServiceProvider = CloudText.Word(wire.InternetServiceProvider),
            InternetChargeType = CloudText.Word(wire.InternetChargeType),
            BandwidthMbps = wire.Bandwidth,
            IsArrears = wire.IsArrears ?? false,
            IsBlocked = wire.IsBlocked ?? false,
            CascadeRelease = wire.CascadeRelease ?? false,
            CreatedAt = CloudText.Time(wire.CreatedTime),
            Tags = ReadTags(wire.TagSet),
        };
    }

    private static NetworkInterface? ReadNetworkInterface(NetworkInterfaceWire wire) =>
        !CloudText.IsId(wire.NetworkInterfaceId) ? null : new NetworkInterface
        {
            Id = wire.NetworkInterfaceId,
            VpcId = CloudText.Id(wire.VpcId),
            SubnetId = CloudText.Id(wire.SubnetId),
            InstanceId = CloudText.Id(wire.Attachment?.InstanceId),
            IsPrimary = wire.Primary ?? false,
            State = CloudText.Word(wire.NetworkInterfaceState) ?? CloudText.Word(wire.State),
            PrivateIps = [.. (wire.PrivateIpAddressSet ?? [])
                .Where(ip => CloudText.Ipv4(ip?.PrivateIpAddress) is not null)
                .Select(ip => new PrivateIp(ip!.PrivateIpAddress!, ip.Primary ?? false, CloudText.Id(ip.AddressId), CloudText.Word(ip.State)))],
        };

    private static Instance? ReadInstance(InstanceWire wire) =>
        !CloudText.IsId(wire.InstanceId) ? null : new Instance
        {
            Id = wire.InstanceId,
            MachineType = CloudText.Word(wire.InstanceType),
            Cpu = wire.CPU,
            State = CloudText.Word(wire.InstanceState),
            Zone = CloudText.Word(wire.Placement?.Zone),
            VpcId = CloudText.Id(wire.VirtualPrivateCloud?.VpcId),
            PrivateIps = [.. (wire.PrivateIpAddresses ?? []).Select(CloudText.Ipv4).OfType<string>()],
            PublicIps = [.. (wire.PublicIpAddresses ?? []).Select(CloudText.Ipv4).OfType<string>()],
        };

    private static Dictionary<string, string> ReadTags(IReadOnlyList<TagWire?>? tags)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags ?? [])
        {
            if (tag is { Key.Length: > 0 })
                read[tag.Key] = tag.Value ?? "";
        }

        return read;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A row of {Action} without a usable id was left out")]
    private static partial void RowDropped(ILogger logger, string action);
}
