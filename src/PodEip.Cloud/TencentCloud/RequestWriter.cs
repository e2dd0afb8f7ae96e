using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Cloud.TencentCloud.Wire;

namespace PodEip.Cloud.TencentCloud;

/// <summary>
/// From the port's records to the wire. Bounds are left to the cloud, whose answer is the one that counts; only what would silently mean
/// something else is refused here, such as an empty list of ids, which the cloud takes for "all".
/// </summary>
internal static partial class RequestWriter
{
    public static AllocateAddressesWireRequest Allocate(AllocateAddressesRequest request) => new()
    {
        AddressCount = request.Count,
        ClientToken = request.ClientToken,
        AddressName = request.Name,
        Tags = request.Tags.Count == 0 ? null : [.. request.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new TagWire { Key = tag.Key, Value = tag.Value })],
        InternetServiceProvider = request.InternetServiceProvider,
        InternetChargeType = request.InternetChargeType,
        InternetMaxBandwidthOut = request.BandwidthMbps,
        AddressType = request.AddressType,
        BandwidthPackageId = request.BandwidthPackageId,
        AnycastZone = request.AnycastZone,
        Egress = request.Egress,
        AddressChargePrepaid = request.PrepaidMonths is { } months ? new AddressChargePrepaidWire { Period = months } : null,
    };

    public static DescribeAddressesRequest Describe(AddressQuery query) => new()
    {
        AddressIds = NotEmptyOrNull(query.Ids),
        Filters = Filters(
            ("address-name", One(query.Name)),
            (query.Tag is { } tag ? "tag:" + tag.Key : "", One(query.Tag?.Value)),
            ("private-ip-address", One(query.PrivateIp)),
            ("address-ip", query.PublicIps),
            ("network-interface-id", query.NetworkInterfaceIds)),
        Offset = query.Offset,
        Limit = query.Limit,
    };

    public static DescribeNetworkInterfacesRequest Describe(NetworkInterfaceQuery query) => new()
    {
        NetworkInterfaceIds = NotEmptyOrNull(query.Ids),
        Filters = Filters(
            ("vpc-id", One(query.VpcId)),
            ("attachment.instance-id", query.InstanceIds),
            ("address-ip", query.PrivateIps),
            // A single address is else matched loosely: 10.0.0.1 would find 10.0.0.10 too.
            ("ip-exact-match", query.PrivateIps is null ? null : One("true"))),
        Offset = query.Offset,
        Limit = query.Limit,
    };

    public static DescribeInstancesRequest Describe(InstanceQuery query) => new()
    {
        InstanceIds = NotEmptyOrNull(query.Ids),
        Filters = Filters(("private-ip-address", query.PrivateIps), ("vpc-id", One(query.VpcId))),
        Offset = query.Offset,
        Limit = query.Limit,
    };

    public static UnassignPrivateIpAddressesRequest Unassign(string networkInterfaceId, IReadOnlyList<string> privateIps) => new()
    {
        NetworkInterfaceId = networkInterfaceId,
        PrivateIpAddresses = [.. NotEmpty(privateIps).Select(ip => new PrivateIpWire { PrivateIpAddress = ip })],
    };

    public static TagResourcesRequest Tag(string region, IReadOnlyList<string> addressIds, IReadOnlyDictionary<string, string> tags) => new()
    {
        ResourceList = Resources(region, addressIds),
        Tags = [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new ServiceTagWire { TagKey = tag.Key, TagValue = tag.Value })],
    };

    public static UnTagResourcesRequest Untag(string region, IReadOnlyList<string> addressIds, IReadOnlyList<string> tagKeys) => new()
    {
        ResourceList = Resources(region, addressIds),
        TagKeys = NotEmpty(tagKeys),
    };

    public static DescribeResourcesByTagsRequest FindByTag(string region, string tagKey, string tagValue, int offset, int limit) => new()
    {
        TagFilters = [new TagFilterWire { TagKey = tagKey, TagValue = [tagValue] }],
        ServiceType = "vpc",
        ResourcePrefix = "eip",
        ResourceRegion = region,
        Offset = offset,
        Limit = limit,
    };

    public static IReadOnlyList<string> NotEmpty(IReadOnlyList<string> values) =>
        values.Count > 0 ? values : throw new ArgumentException("The list is empty; the cloud may take that for \"all\". Allowed: one value or more.", nameof(values));

    private static IReadOnlyList<string>? NotEmptyOrNull(IReadOnlyList<string>? values) => values is null ? null : NotEmpty(values);

    private static string[]? One(string? value) => value is null ? null : [value];

    private static List<FilterWire>? Filters(params ReadOnlySpan<(string Name, IReadOnlyList<string>? Values)> filters)
    {
        List<FilterWire>? sent = null;
        foreach (var (name, values) in filters)
        {
            if (values is not null)
                (sent ??= []).Add(new FilterWire { Name = name, Values = NotEmpty(values) });
        }

        return sent;
    }

    /// <summary>Six-segment names; an empty uin stands for the caller's own account.</summary>
    private static List<string> Resources(string region, IReadOnlyList<string> addressIds) =>
        [.. NotEmpty(addressIds).Select(id => $"qcs::vpc:{region}:uin/:eip/{id}")];
}
