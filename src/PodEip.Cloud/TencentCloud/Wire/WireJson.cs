using System.Text.Json.Serialization;

namespace PodEip.Cloud.TencentCloud.Wire;

/// <summary>How requests and answers are written. Nulls are never sent: the cloud refuses parameters it does not expect.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AllocateAddressesWireRequest))]
[JsonSerializable(typeof(Envelope<AllocateAddressesResponse>), TypeInfoPropertyName = "EnvelopeAllocateAddressesResponse")]
[JsonSerializable(typeof(AssociateAddressRequest))]
[JsonSerializable(typeof(DisassociateAddressRequest))]
[JsonSerializable(typeof(ReleaseAddressesRequest))]
[JsonSerializable(typeof(ModifyAddressesBandwidthRequest))]
[JsonSerializable(typeof(Envelope<TaskResponse>), TypeInfoPropertyName = "EnvelopeTaskResponse")]
[JsonSerializable(typeof(DescribeAddressesRequest))]
[JsonSerializable(typeof(Envelope<DescribeAddressesResponse>), TypeInfoPropertyName = "EnvelopeDescribeAddressesResponse")]
[JsonSerializable(typeof(ModifyAddressAttributeRequest))]
[JsonSerializable(typeof(Envelope<CloudResponse>), TypeInfoPropertyName = "EnvelopeCloudResponse")]
[JsonSerializable(typeof(EmptyRequest))]
[JsonSerializable(typeof(Envelope<DescribeAddressQuotaResponse>), TypeInfoPropertyName = "EnvelopeDescribeAddressQuotaResponse")]
[JsonSerializable(typeof(DescribeTaskResultRequest))]
[JsonSerializable(typeof(Envelope<DescribeTaskResultResponse>), TypeInfoPropertyName = "EnvelopeDescribeTaskResultResponse")]
[JsonSerializable(typeof(DescribeNetworkInterfacesRequest))]
[JsonSerializable(typeof(Envelope<DescribeNetworkInterfacesResponse>), TypeInfoPropertyName = "EnvelopeDescribeNetworkInterfacesResponse")]
[JsonSerializable(typeof(UnassignPrivateIpAddressesRequest))]
[JsonSerializable(typeof(DescribeVpcTaskResultRequest))]
[JsonSerializable(typeof(Envelope<DescribeVpcTaskResultResponse>), TypeInfoPropertyName = "EnvelopeDescribeVpcTaskResultResponse")]
[JsonSerializable(typeof(DescribeInstancesRequest))]
[JsonSerializable(typeof(Envelope<DescribeInstancesResponse>), TypeInfoPropertyName = "EnvelopeDescribeInstancesResponse")]
[JsonSerializable(typeof(DescribeSubnetsRequest))]
[JsonSerializable(typeof(Envelope<DescribeSubnetsResponse>), TypeInfoPropertyName = "EnvelopeDescribeSubnetsResponse")]
[JsonSerializable(typeof(DescribeRouteTablesRequest))]
[JsonSerializable(typeof(Envelope<DescribeRouteTablesResponse>), TypeInfoPropertyName = "EnvelopeDescribeRouteTablesResponse")]
[JsonSerializable(typeof(RoutesRequest))]
[JsonSerializable(typeof(DescribeNatGatewaysRequest))]
[JsonSerializable(typeof(Envelope<DescribeNatGatewaysResponse>), TypeInfoPropertyName = "EnvelopeDescribeNatGatewaysResponse")]
[JsonSerializable(typeof(TagResourcesRequest))]
[JsonSerializable(typeof(UnTagResourcesRequest))]
[JsonSerializable(typeof(Envelope<TagResourcesResponse>), TypeInfoPropertyName = "EnvelopeTagResourcesResponse")]
[JsonSerializable(typeof(DescribeResourcesByTagsRequest))]
[JsonSerializable(typeof(Envelope<DescribeResourcesByTagsResponse>), TypeInfoPropertyName = "EnvelopeDescribeResourcesByTagsResponse")]
[JsonSerializable(typeof(AssumeRoleRequest))]
[JsonSerializable(typeof(AssumeRoleWithWebIdentityRequest))]
[JsonSerializable(typeof(Envelope<AssumeRoleResponse>), TypeInfoPropertyName = "EnvelopeAssumeRoleResponse")]
[JsonSerializable(typeof(InstanceRoleAnswer))]
internal sealed partial class WireJson : JsonSerializerContext;
