using PodEip.Claims.Marks;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Cloud.Routes;
using PodEip.Controller.Reconciling;

namespace PodEip.Controller.Addresses;

/// <summary>Turns a call into the cloud's action. Stateless.</summary>
/// <param name="cloud">The cloud.</param>
/// <param name="mark">This cluster's mark.</param>
/// <param name="vpcId">The VPC that Pods' ENIs are looked for in; null for any.</param>
public sealed class CloudSender(IElasticIpCloud cloud, ClusterMark mark, string? vpcId)
{
    /// <summary>Sends one call.</summary>
    /// <exception cref="CloudException">The call failed.</exception>
    public async Task<CallResult> SendAsync(QueuedCall call, CancellationToken cancellationToken)
    {
        switch (call)
        {
            case QueuedCall.Associate c:
                await cloud.AssociateAddressAsync(c.AddressId, c.Target, cancellationToken);
                return CallResult.Done;
            case QueuedCall.Disassociate c:
                await cloud.DisassociateAddressAsync(c.AddressId, cancellationToken);
                return CallResult.Done;
            case QueuedCall.Unclaim c:
                await cloud.DisassociateAddressAsync(c.AddressId, cancellationToken);
                return CallResult.Done;
            case QueuedCall.Rename c:
                await cloud.RenameAddressAsync(c.AddressId, c.Name, cancellationToken);
                return CallResult.Done;
            case QueuedCall.Resize c:
                await cloud.ModifyBandwidthAsync([c.AddressId], c.BandwidthMbps, cancellationToken);
                return CallResult.Done;
            case QueuedCall.Release c:
                await cloud.ReleaseAddressesAsync(c.AddressIds, cancellationToken);
                return CallResult.Done;
            case QueuedCall.Tag c:
                await cloud.TagAddressesAsync(c.AddressIds, mark.Tags, cancellationToken);
                return CallResult.Done;
            case QueuedCall.Allocate c:
                return new CallResult { Ids = await cloud.AllocateAddressesAsync(Request(c), cancellationToken) };
            case QueuedCall.ReadAddresses c:
                return Read(await cloud.DescribeAddressesAsync(new AddressQuery { Ids = c.Ids }, cancellationToken));
            case QueuedCall.ListOwn c:
                return Read(await cloud.DescribeAddressesAsync(
                    new AddressQuery { Tag = new KeyValuePair<string, string>(ClusterMark.TagKey, mark.Value), Offset = c.Offset }, cancellationToken));
            case QueuedCall.FindPurchase c:
                return Read(await cloud.DescribeAddressesAsync(new AddressQuery { Name = c.Intent.AddressName }, cancellationToken));
            case QueuedCall.FindCarried c:
                return Read(await cloud.DescribeAddressesAsync(new AddressQuery { PrivateIp = c.PrivateIp }, cancellationToken));
            case QueuedCall.ReadQuota:
                return new CallResult { Quotas = await cloud.DescribeQuotaAsync(cancellationToken) };
            case QueuedCall.FindInterfaces c:
                var page = await cloud.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { VpcId = vpcId, PrivateIps = c.PrivateIps }, cancellationToken);
                return new CallResult { Interfaces = page.Items, TotalCount = page.TotalCount };
            case QueuedCall.FindInstances c:
                var instances = await cloud.DescribeInstancesAsync(
                    c.Ids.Count > 0 ? new InstanceQuery { Ids = c.Ids } : new InstanceQuery { PrivateIps = c.PrivateIps, VpcId = vpcId }, cancellationToken);
                return new CallResult { Instances = instances.Items, TotalCount = instances.TotalCount };
            case QueuedCall.FindAttached c:
                var attached = await cloud.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { InstanceIds = c.InstanceIds, Offset = c.Offset }, cancellationToken);
                return new CallResult { Interfaces = attached.Items, TotalCount = attached.TotalCount };
            case QueuedCall.ReadSubnets c:
                return new CallResult { Subnets = (await cloud.DescribeSubnetsAsync(new SubnetQuery { Ids = c.SubnetIds }, cancellationToken)).Items };
            case QueuedCall.ReadRouteTables c:
                return new CallResult { RouteTables = (await cloud.DescribeRouteTablesAsync(new RouteTableQuery { Ids = c.RouteTableIds }, cancellationToken)).Items };
            case QueuedCall.AddRoutes c:
                await cloud.CreateRoutesAsync(c.RouteTableId, [.. c.Destinations.Select(d => new NewRoute(d, GatewayTypes.Eip, GatewayTypes.EipGatewayId, c.Mark))], cancellationToken);
                return CallResult.Done;
            case QueuedCall.DropRoutes c:
                await cloud.DeleteRoutesAsync(c.RouteTableId, c.ItemIds, cancellationToken);
                return CallResult.Done;
            default:
                throw new ArgumentOutOfRangeException(nameof(call), call, "not a known call");
        }
    }

    private AllocateAddressesRequest Request(QueuedCall.Allocate call)
    {
        var wanted = call.Intent.Attributes;
        return new AllocateAddressesRequest
        {
            Count = call.Intent.Count,
            ClientToken = call.Intent.BatchId,
            Name = call.Intent.AddressName,
            Tags = mark.Tags,
            InternetServiceProvider = wanted.InternetServiceProvider,
            InternetChargeType = wanted.InternetChargeType,
            BandwidthMbps = wanted.BandwidthMbps,
            AddressType = wanted.AddressType,
            BandwidthPackageId = wanted.BandwidthPackageId,
            AnycastZone = wanted.AnycastZone,
            Egress = wanted.Egress,
            PrepaidMonths = wanted.PrepaidMonths,
        };
    }

    private static CallResult Read(Page<Address> page) => new() { Addresses = page.Items, TotalCount = page.TotalCount };
}
