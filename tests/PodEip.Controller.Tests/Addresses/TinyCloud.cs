using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Cloud.Routes;

namespace PodEip.Controller.Tests.Addresses;

/// <summary>A cloud that holds nothing: it notes what it was asked to write, and answers as the test says.</summary>
internal sealed class TinyCloud : IElasticIpCloud
{
    private readonly List<string> _asked = [];

    /// <summary>Called with each write; may throw, or wait.</summary>
    public Func<string, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called with each read; may throw.</summary>
    public Action<string> OnRead { get; set; } = _ => { };

    /// <summary>The writes, in the order in which they came.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    public async Task<IReadOnlyList<string>> AllocateAddressesAsync(AllocateAddressesRequest request, CancellationToken cancellationToken)
    {
        await WriteAsync("allocate " + request.ClientToken);
        return [];
    }

    public Task<long?> AssociateAddressAsync(string addressId, NetworkTarget target, CancellationToken cancellationToken) => WriteAsync("bind " + addressId);

    public Task<long?> DisassociateAddressAsync(string addressId, CancellationToken cancellationToken) => WriteAsync("unbind " + addressId);

    public Task<long?> ReleaseAddressesAsync(IReadOnlyList<string> addressIds, CancellationToken cancellationToken) => WriteAsync("release " + string.Join(',', addressIds));

    public Task<Page<Address>> DescribeAddressesAsync(AddressQuery query, CancellationToken cancellationToken)
    {
        OnRead(query.Ids is { } ids ? string.Join(',', ids) : "list");
        return Task.FromResult(new Page<Address>([], 0));
    }

    public Task<long?> ModifyBandwidthAsync(IReadOnlyList<string> addressIds, int bandwidthMbps, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RenameAddressAsync(string addressId, string name, CancellationToken cancellationToken) => WriteAsync("rename " + addressId);

    public Task<IReadOnlyList<AddressQuota>> DescribeQuotaAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AddressQuota>>([]);

    public Task<CloudTaskState> DescribeTaskAsync(long taskId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<NetworkInterface>> DescribeNetworkInterfacesAsync(NetworkInterfaceQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<NetworkInterface>([], 0));

    public Task<string> UnassignPrivateIpsAsync(string networkInterfaceId, IReadOnlyList<string> privateIps, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CloudTaskState> DescribeNetworkTaskAsync(string requestId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<Instance>> DescribeInstancesAsync(InstanceQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<Subnet>> DescribeSubnetsAsync(SubnetQuery query, CancellationToken cancellationToken) => Task.FromResult(new Page<Subnet>([], 0));

    public Task<Page<RouteTable>> DescribeRouteTablesAsync(RouteTableQuery query, CancellationToken cancellationToken) => Task.FromResult(new Page<RouteTable>([], 0));

    public Task CreateRoutesAsync(string routeTableId, IReadOnlyList<NewRoute> routes, CancellationToken cancellationToken) => WriteAsync("route " + routeTableId);

    public Task ReplaceRoutesAsync(string routeTableId, IReadOnlyList<Route> routes, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeleteRoutesAsync(string routeTableId, IReadOnlyList<string> itemIds, CancellationToken cancellationToken) => WriteAsync("unroute " + routeTableId);

    public Task<Page<NatGateway>> DescribeNatGatewaysAsync(NatGatewayQuery query, CancellationToken cancellationToken) => Task.FromResult(new Page<NatGateway>([], 0));

    public Task<IReadOnlyList<FailedTagging>> TagAddressesAsync(IReadOnlyList<string> addressIds, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<FailedTagging>> UntagAddressesAsync(IReadOnlyList<string> addressIds, IReadOnlyList<string> tagKeys, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Page<string>> FindAddressesByTagAsync(string tagKey, string tagValue, int offset, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    private async Task<long?> WriteAsync(string what)
    {
        lock (_asked)
        {
            _asked.Add(what);
        }

        await Answer(what);
        return null;
    }
}
