using System.Text.Json.Serialization;

namespace PodEip.CloudSim.Http;

/// <summary>What stands inside <c>Response</c>. Property names are the wire's.</summary>
internal abstract record WireAnswer
{
    [JsonPropertyOrder(99)]
    public string RequestId { get; set; } = "";
}

internal sealed record WireEmpty : WireAnswer;

internal sealed record WireTask(string TaskId) : WireAnswer;

internal sealed record WireAllocated(IReadOnlyList<string> AddressSet, string TaskId) : WireAnswer;

internal sealed record WireTaskResult(long TaskId, string Result) : WireAnswer;

internal sealed record WireVpcTaskResult(string Status, string Output, IReadOnlyList<string>? Result) : WireAnswer;

internal sealed record WireQuotas(IReadOnlyList<WireQuota> QuotaSet) : WireAnswer;

internal sealed record WireQuota(string QuotaId, int QuotaCurrent, int QuotaLimit, string? QuotaGroup);

internal sealed record WireAddresses(int TotalCount, IReadOnlyList<WireAddress> AddressSet) : WireAnswer;

internal sealed record WireEnis(int TotalCount, IReadOnlyList<WireEni> NetworkInterfaceSet) : WireAnswer;

internal sealed record WireInstances(int TotalCount, IReadOnlyList<WireInstance> InstanceSet) : WireAnswer;

internal sealed record WireSubnets(int TotalCount, IReadOnlyList<WireSubnet> SubnetSet) : WireAnswer;

internal sealed record WireRouteTables(int TotalCount, IReadOnlyList<WireRouteTable> RouteTableSet) : WireAnswer;

internal sealed record WireReplacedRoutes(IReadOnlyList<WireRoute> OldRouteSet, IReadOnlyList<WireRoute> NewRouteSet) : WireAnswer;

internal sealed record WireDeletedRoutes(IReadOnlyList<WireRoute> RouteSet) : WireAnswer;

internal sealed record WireNatGateways(int TotalCount, IReadOnlyList<WireNatGateway> NatGatewaySet, string VerboseLevel) : WireAnswer;

internal sealed record WireTagWrite(IReadOnlyList<WireFailedResource> FailedResources) : WireAnswer;

internal sealed record WireFailedResource(string Resource, string Code, string Message);

internal sealed record WireResourcesByTags(int TotalCount, int Offset, int Limit, IReadOnlyList<WireResourceTag> Rows) : WireAnswer;

internal sealed record WireResourceTag(string ResourceRegion, string ServiceType, string ResourcePrefix, string ResourceId, IReadOnlyList<WireTagServiceTag> Tags);

internal sealed record WireTagServiceTag(string TagKey, string TagValue);

internal sealed record WireAssumedRole(WireCredentials Credentials, long ExpiredTime, string Expiration) : WireAnswer;

internal sealed record WireCredentials(string Token, string TmpSecretId, string TmpSecretKey);

internal sealed record WireError(WireErrorBody Error) : WireAnswer;

internal sealed record WireErrorBody(string Code, string Message);

internal sealed record WireTag(string Key, string Value);

/// <summary>What the metadata service answers for a role.</summary>
internal sealed record WireRoleCredential(string TmpSecretId, string TmpSecretKey, long ExpiredTime, string Expiration, string Token, string Code);
