using PodEip.Cloud.TencentCloud.Wire;

namespace PodEip.Cloud.TencentCloud.Transport;

/// <summary>The actions this adapter uses.</summary>
internal static class CloudActions
{
    private static readonly WireJson Json = WireJson.Default;

    public static readonly CloudAction<AllocateAddressesWireRequest, AllocateAddressesResponse> AllocateAddresses =
        new(CloudService.Vpc, "AllocateAddresses", Json.AllocateAddressesWireRequest, Json.EnvelopeAllocateAddressesResponse);

    public static readonly CloudAction<AssociateAddressRequest, TaskResponse> AssociateAddress =
        new(CloudService.Vpc, "AssociateAddress", Json.AssociateAddressRequest, Json.EnvelopeTaskResponse);

    public static readonly CloudAction<DisassociateAddressRequest, TaskResponse> DisassociateAddress =
        new(CloudService.Vpc, "DisassociateAddress", Json.DisassociateAddressRequest, Json.EnvelopeTaskResponse);

    public static readonly CloudAction<ReleaseAddressesRequest, TaskResponse> ReleaseAddresses =
        new(CloudService.Vpc, "ReleaseAddresses", Json.ReleaseAddressesRequest, Json.EnvelopeTaskResponse);

    public static readonly CloudAction<DescribeAddressesRequest, DescribeAddressesResponse> DescribeAddresses =
        new(CloudService.Vpc, "DescribeAddresses", Json.DescribeAddressesRequest, Json.EnvelopeDescribeAddressesResponse);

    public static readonly CloudAction<ModifyAddressesBandwidthRequest, TaskResponse> ModifyAddressesBandwidth =
        new(CloudService.Vpc, "ModifyAddressesBandwidth", Json.ModifyAddressesBandwidthRequest, Json.EnvelopeTaskResponse);

    public static readonly CloudAction<ModifyAddressAttributeRequest, CloudResponse> ModifyAddressAttribute =
        new(CloudService.Vpc, "ModifyAddressAttribute", Json.ModifyAddressAttributeRequest, Json.EnvelopeCloudResponse);

    public static readonly CloudAction<EmptyRequest, DescribeAddressQuotaResponse> DescribeAddressQuota =
        new(CloudService.Vpc, "DescribeAddressQuota", Json.EmptyRequest, Json.EnvelopeDescribeAddressQuotaResponse);

    public static readonly CloudAction<DescribeTaskResultRequest, DescribeTaskResultResponse> DescribeTaskResult =
        new(CloudService.Vpc, "DescribeTaskResult", Json.DescribeTaskResultRequest, Json.EnvelopeDescribeTaskResultResponse);

    public static readonly CloudAction<DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResponse> DescribeNetworkInterfaces =
        new(CloudService.Vpc, "DescribeNetworkInterfaces", Json.DescribeNetworkInterfacesRequest, Json.EnvelopeDescribeNetworkInterfacesResponse);

    public static readonly CloudAction<UnassignPrivateIpAddressesRequest, CloudResponse> UnassignPrivateIpAddresses =
        new(CloudService.Vpc, "UnassignPrivateIpAddresses", Json.UnassignPrivateIpAddressesRequest, Json.EnvelopeCloudResponse);

    public static readonly CloudAction<DescribeVpcTaskResultRequest, DescribeVpcTaskResultResponse> DescribeVpcTaskResult =
        new(CloudService.Vpc, "DescribeVpcTaskResult", Json.DescribeVpcTaskResultRequest, Json.EnvelopeDescribeVpcTaskResultResponse);

    public static readonly CloudAction<DescribeSubnetsRequest, DescribeSubnetsResponse> DescribeSubnets =
        new(CloudService.Vpc, "DescribeSubnets", Json.DescribeSubnetsRequest, Json.EnvelopeDescribeSubnetsResponse);

    public static readonly CloudAction<DescribeRouteTablesRequest, DescribeRouteTablesResponse> DescribeRouteTables =
        new(CloudService.Vpc, "DescribeRouteTables", Json.DescribeRouteTablesRequest, Json.EnvelopeDescribeRouteTablesResponse);

    public static readonly CloudAction<RoutesRequest, CloudResponse> CreateRoutes =
        new(CloudService.Vpc, "CreateRoutes", Json.RoutesRequest, Json.EnvelopeCloudResponse);

    public static readonly CloudAction<RoutesRequest, CloudResponse> ReplaceRoutes =
        new(CloudService.Vpc, "ReplaceRoutes", Json.RoutesRequest, Json.EnvelopeCloudResponse);

    public static readonly CloudAction<RoutesRequest, CloudResponse> DeleteRoutes =
        new(CloudService.Vpc, "DeleteRoutes", Json.RoutesRequest, Json.EnvelopeCloudResponse);

    public static readonly CloudAction<DescribeNatGatewaysRequest, DescribeNatGatewaysResponse> DescribeNatGateways =
        new(CloudService.Vpc, "DescribeNatGateways", Json.DescribeNatGatewaysRequest, Json.EnvelopeDescribeNatGatewaysResponse);

    public static readonly CloudAction<DescribeInstancesRequest, DescribeInstancesResponse> DescribeInstances =
        new(CloudService.Cvm, "DescribeInstances", Json.DescribeInstancesRequest, Json.EnvelopeDescribeInstancesResponse);

    public static readonly CloudAction<TagResourcesRequest, TagResourcesResponse> TagResources =
        new(CloudService.Tag, "TagResources", Json.TagResourcesRequest, Json.EnvelopeTagResourcesResponse);

    public static readonly CloudAction<UnTagResourcesRequest, TagResourcesResponse> UnTagResources =
        new(CloudService.Tag, "UnTagResources", Json.UnTagResourcesRequest, Json.EnvelopeTagResourcesResponse);

    public static readonly CloudAction<DescribeResourcesByTagsRequest, DescribeResourcesByTagsResponse> DescribeResourcesByTags =
        new(CloudService.Tag, "DescribeResourcesByTags", Json.DescribeResourcesByTagsRequest, Json.EnvelopeDescribeResourcesByTagsResponse);

    public static readonly CloudAction<AssumeRoleRequest, AssumeRoleResponse> AssumeRole =
        new(CloudService.Sts, "AssumeRole", Json.AssumeRoleRequest, Json.EnvelopeAssumeRoleResponse);

    public static readonly CloudAction<AssumeRoleWithWebIdentityRequest, AssumeRoleResponse> AssumeRoleWithWebIdentity =
        new(CloudService.Sts, "AssumeRoleWithWebIdentity", Json.AssumeRoleWithWebIdentityRequest, Json.EnvelopeAssumeRoleResponse);
}
