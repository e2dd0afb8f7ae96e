using System.Collections.Frozen;
using static PodEip.CloudSim.Http.Parameter;

namespace PodEip.CloudSim.Http;

/// <summary>Parameters of every action: names, types, which must be sent (Tencent's API pages and SDK type definitions).</summary>
internal static class ActionSchemas
{
    private static readonly ParameterSchema Tag = new(Text("Key").Required(), Text("Value"));
    private static readonly ParameterSchema TagServiceTag = new(Text("TagKey").Required(), Text("TagValue").Required());
    private static readonly ParameterSchema TagFilter = new(Text("TagKey").Required(), Texts("TagValue"));
    private static readonly ParameterSchema Filter = new(Text("Name").Required(), Texts("Values").Required());
    private static readonly ParameterSchema Prepaid = new(Integer("Period").Required(), Integer("AutoRenewFlag"));

    private static readonly ParameterSchema PrivateIp = new(
        Text("PrivateIpAddress").Required(),
        Boolean("Primary"),
        Text("PublicIpAddress"),
        Text("AddressId"),
        Text("Description"),
        Boolean("IsWanIpBlocked"),
        Text("State"),
        Text("QosLevel"));

    private static readonly Parameter[] RouteExtras =
    [
        Integer("RouteId"), Text("RouteDescription"), Boolean("Enabled"), Text("RouteType"), Text("RouteTableId"), Text("DestinationIpv6CidrBlock"),
        Text("RouteItemId"), Boolean("PublishedToVbc"), Text("CreatedTime"), Text("CdcId"),
    ];

    private static readonly ParameterSchema FullRoute = new([Text("DestinationCidrBlock").Required(), Text("GatewayType").Required(), Text("GatewayId").Required(), .. RouteExtras]);

    /// <summary>Of a route to drop its id is enough.</summary>
    private static readonly ParameterSchema NamedRoute = new([Text("DestinationCidrBlock"), Text("GatewayType"), Text("GatewayId"), .. RouteExtras]);

    public static FrozenDictionary<string, ParameterSchema> ByAction { get; } = new Dictionary<string, ParameterSchema>(StringComparer.Ordinal)
    {
        ["AllocateAddresses"] = new(
            Integer("AddressCount"),
            Text("InternetServiceProvider"),
            Text("InternetChargeType"),
            Text("IPChargeType"),
            Integer("InternetMaxBandwidthOut"),
            Structure("AddressChargePrepaid", Prepaid),
            Text("AddressType"),
            Text("AnycastZone"),
            Texts("VipCluster"),
            Boolean("ApplicableForCLB"),
            Structures("Tags", Tag),
            Text("BandwidthPackageId"),
            Text("AddressName"),
            Text("DedicatedClusterId"),
            Boolean("IsDedicatedAddressPool"),
            Text("Egress"),
            Text("AntiDDoSPackageId"),
            Text("ClientToken")),
        ["AssociateAddress"] = new(
            Text("AddressId").Required(),
            Text("InstanceId"),
            Text("NetworkInterfaceId"),
            Text("PrivateIpAddress"),
            Boolean("EipDirectConnection"),
            Text("InstanceRegion")),
        ["DisassociateAddress"] = new(Text("AddressId").Required(), Boolean("ReallocateNormalPublicIp")),
        ["ReleaseAddresses"] = new(Texts("AddressIds").Required()),
        ["DescribeAddresses"] = Page("AddressIds"),
        ["ModifyAddressesBandwidth"] = new(Texts("AddressIds").Required(), Integer("InternetMaxBandwidthOut").Required(), Text("StartTime"), Text("EndTime")),
        ["ModifyAddressAttribute"] = new(Text("AddressId").Required(), Text("AddressName"), Text("EipDirectConnection")),
        ["DescribeAddressQuota"] = new(),
        ["DescribeTaskResult"] = new(Integer("TaskId"), Text("DealName")),
        ["DescribeVpcTaskResult"] = new(Text("TaskId").Required()),
        ["DescribeNetworkInterfaces"] = Page("NetworkInterfaceIds"),
        ["UnassignPrivateIpAddresses"] = new(Text("NetworkInterfaceId").Required(), Structures("PrivateIpAddresses", PrivateIp).Required(), Text("InstanceId")),
        ["DescribeSubnets"] = new(Texts("SubnetIds"), Structures("Filters", Filter), Text("Offset"), Text("Limit"), Integer("MaxResults"), Text("NextToken")),
        ["DescribeRouteTables"] = new(Texts("RouteTableIds"), Structures("Filters", Filter), Text("Offset"), Text("Limit"), Boolean("NeedRouterInfo")),
        ["CreateRoutes"] = new(Text("RouteTableId").Required(), Structures("Routes", FullRoute).Required()),
        ["ReplaceRoutes"] = new(Text("RouteTableId").Required(), Structures("Routes", FullRoute).Required()),
        ["DeleteRoutes"] = new(Text("RouteTableId").Required(), Structures("Routes", NamedRoute)),
        ["DescribeNatGateways"] = Page("NatGatewayIds"),
        ["DescribeInstances"] = Page("InstanceIds"),
        ["TagResources"] = new(Texts("ResourceList").Required(), Structures("Tags", TagServiceTag).Required()),
        ["UnTagResources"] = new(Texts("ResourceList").Required(), Texts("TagKeys").Required()),
        ["DescribeResourcesByTags"] = new(
            Structures("TagFilters", TagFilter).Required(),
            Integer("CreateUin"),
            Integer("Offset"),
            Integer("Limit"),
            Text("ResourcePrefix"),
            Text("ResourceId"),
            Text("ResourceRegion"),
            Text("ServiceType")),
        ["AssumeRole"] = new(
            Text("RoleArn").Required(),
            Text("RoleSessionName").Required(),
            Integer("DurationSeconds"),
            Text("Policy"),
            Text("ExternalId"),
            Structures("Tags", Tag),
            Text("SourceIdentity"),
            Text("SerialNumber"),
            Text("TokenCode")),
        ["AssumeRoleWithWebIdentity"] = new(
            Text("ProviderId").Required(),
            Text("WebIdentityToken").Required(),
            Text("RoleArn").Required(),
            Text("RoleSessionName").Required(),
            Integer("DurationSeconds")),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static ParameterSchema Page(string ids) => new(Texts(ids), Structures("Filters", Filter), Integer("Offset"), Integer("Limit"));
}
