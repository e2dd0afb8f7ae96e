using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Cloud.Routes;

namespace PodEip.Cloud;

/// <summary>
/// All that Pod EIP asks of a cloud, in one region and account.
/// </summary>
/// <remarks>
/// Rules every implementation keeps, held by the contract tests:
/// <list type="bullet">
/// <item>One call here is one call to the cloud: no hidden retries, no hidden paging, so that the caller's pace is the pace.</item>
/// <item>A write that returns was accepted, not done: only a later read tells that it took effect.</item>
/// <item>A failure is a <see cref="CloudException"/>; <see cref="CloudException.MayHaveExecuted"/> says whether the write may have happened all the same.</item>
/// <item>Caller cancellation (shutdown) surfaces as <see cref="OperationCanceledException"/>; the write may have happened.</item>
/// </list>
/// </remarks>
public interface IElasticIpCloud
{
    /// <summary>Buys addresses (AllocateAddresses). They exist as CREATING when this returns.</summary>
    /// <returns>The new ids, as many as asked for.</returns>
    Task<IReadOnlyList<string>> AllocateAddressesAsync(AllocateAddressesRequest request, CancellationToken cancellationToken);

    /// <summary>Starts binding an UNBIND address to one private IP of one ENI (AssociateAddress).</summary>
    /// <returns>The task id, for <see cref="DescribeTaskAsync"/>; null when the cloud named none.</returns>
    Task<long?> AssociateAddressAsync(string addressId, NetworkTarget target, CancellationToken cancellationToken);

    /// <summary>Starts unbinding a BIND or BIND_ENI address (DisassociateAddress).</summary>
    /// <returns>The task id; null when the cloud named none.</returns>
    Task<long?> DisassociateAddressAsync(string addressId, CancellationToken cancellationToken);

    /// <summary>Gives UNBIND addresses back for good (ReleaseAddresses). At most 10, of one charge type and address type.</summary>
    /// <returns>The task id; null when the cloud named none.</returns>
    Task<long?> ReleaseAddressesAsync(IReadOnlyList<string> addressIds, CancellationToken cancellationToken);

    /// <summary>One page of addresses (DescribeAddresses).</summary>
    Task<Page<Address>> DescribeAddressesAsync(AddressQuery query, CancellationToken cancellationToken);

    /// <summary>Changes the outbound cap of up to 10 addresses of one charge type, in Mbps (ModifyAddressesBandwidth).</summary>
    /// <returns>The task id; null when the cloud named none.</returns>
    Task<long?> ModifyBandwidthAsync(IReadOnlyList<string> addressIds, int bandwidthMbps, CancellationToken cancellationToken);

    /// <summary>Renames one address, at once (ModifyAddressAttribute). Use at most 20 of <c>A-Za-z0-9-_</c>.</summary>
    Task RenameAddressAsync(string addressId, string name, CancellationToken cancellationToken);

    /// <summary>The account's address quotas in this region (DescribeAddressQuota).</summary>
    Task<IReadOnlyList<AddressQuota>> DescribeQuotaAsync(CancellationToken cancellationToken);

    /// <summary>How an address task stands (DescribeTaskResult).</summary>
    Task<CloudTaskState> DescribeTaskAsync(long taskId, CancellationToken cancellationToken);

    /// <summary>One page of ENIs with their private IPs (DescribeNetworkInterfaces).</summary>
    Task<Page<NetworkInterface>> DescribeNetworkInterfacesAsync(NetworkInterfaceQuery query, CancellationToken cancellationToken);

    /// <summary>Gives secondary private IPs back to the subnet; their addresses are unbound by the cloud itself (UnassignPrivateIpAddresses).</summary>
    /// <returns>The request id, for <see cref="DescribeNetworkTaskAsync"/>.</returns>
    Task<string> UnassignPrivateIpsAsync(string networkInterfaceId, IReadOnlyList<string> privateIps, CancellationToken cancellationToken);

    /// <summary>How an ENI task stands (DescribeVpcTaskResult).</summary>
    Task<CloudTaskState> DescribeNetworkTaskAsync(string requestId, CancellationToken cancellationToken);

    /// <summary>One page of CVMs (DescribeInstances).</summary>
    Task<Page<Instance>> DescribeInstancesAsync(InstanceQuery query, CancellationToken cancellationToken);

    /// <summary>One page of subnets (DescribeSubnets).</summary>
    Task<Page<Subnet>> DescribeSubnetsAsync(SubnetQuery query, CancellationToken cancellationToken);

    /// <summary>One page of route tables with their routes (DescribeRouteTables).</summary>
    Task<Page<RouteTable>> DescribeRouteTablesAsync(RouteTableQuery query, CancellationToken cancellationToken);

    /// <summary>Adds routes, in force at once, all or none (CreateRoutes). A table holds 50. They act on every subnet that uses the table.</summary>
    Task CreateRoutesAsync(string routeTableId, IReadOnlyList<NewRoute> routes, CancellationToken cancellationToken);

    /// <summary>Rewrites routes by their item ids, all fields of them, all or none (ReplaceRoutes).</summary>
    Task ReplaceRoutesAsync(string routeTableId, IReadOnlyList<Route> routes, CancellationToken cancellationToken);

    /// <summary>Drops routes by their item ids, all or none (DeleteRoutes).</summary>
    Task DeleteRoutesAsync(string routeTableId, IReadOnlyList<string> itemIds, CancellationToken cancellationToken);

    /// <summary>One page of NAT gateways (DescribeNatGateways).</summary>
    Task<Page<NatGateway>> DescribeNatGatewaysAsync(NatGatewayQuery query, CancellationToken cancellationToken);

    /// <summary>Sets tags on up to 10 addresses (TagResources); an existing key gets the new value.</summary>
    /// <returns>Those that failed, with the reason; empty when all took the tags.</returns>
    Task<IReadOnlyList<FailedTagging>> TagAddressesAsync(IReadOnlyList<string> addressIds, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>Removes tags from up to 10 addresses (UnTagResources).</summary>
    /// <returns>Those that failed, with the reason.</returns>
    Task<IReadOnlyList<FailedTagging>> UntagAddressesAsync(IReadOnlyList<string> addressIds, IReadOnlyList<string> tagKeys, CancellationToken cancellationToken);

    /// <summary>One page of the ids of addresses that carry a tag (DescribeResourcesByTags).</summary>
    Task<Page<string>> FindAddressesByTagAsync(string tagKey, string tagValue, int offset, int limit, CancellationToken cancellationToken);
}
