using PodEip.Api;
using PodEip.Claims.Stock;
using PodEip.Cloud.Addresses;

namespace PodEip.Controller.Addresses;

/// <summary>One call to the cloud, as the dispatcher sends it.</summary>
public abstract record QueuedCall
{
    private QueuedCall()
    {
    }

    /// <summary>The cloud's action, which is what its rate limit counts.</summary>
    public abstract CloudAction Action { get; }

    /// <summary>Binds.</summary>
    /// <param name="AddressId">The address.</param>
    /// <param name="Target">Where to.</param>
    /// <param name="Key">For which claim.</param>
    /// <param name="PodUid">For which Pod: checked again just before sending.</param>
    public sealed record Associate(string AddressId, NetworkTarget Target, ClaimKey Key, string PodUid) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.AssociateAddress;
    }

    /// <summary>Unbinds.</summary>
    public sealed record Disassociate(string AddressId, ClaimKey Key) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.DisassociateAddress;
    }

    /// <summary>Unbinds what no claim refers to.</summary>
    public sealed record Unclaim(string AddressId) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.DisassociateAddress;
    }

    /// <summary>Renames.</summary>
    public sealed record Rename(string AddressId, string Name, ClaimKey Key) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.ModifyAddressAttribute;
    }

    /// <summary>Changes the bandwidth.</summary>
    public sealed record Resize(string AddressId, int BandwidthMbps, ClaimKey Key) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.ModifyAddressesBandwidth;
    }

    /// <summary>Buys.</summary>
    public sealed record Allocate(PurchaseIntent Intent) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.AllocateAddresses;
    }

    /// <summary>Gives stock back.</summary>
    public sealed record Release(IReadOnlyList<string> AddressIds) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.ReleaseAddresses;
    }

    /// <summary>Puts our tags back on own addresses that lost them.</summary>
    public sealed record Tag(IReadOnlyList<string> AddressIds) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.TagResources;
    }

    /// <summary>Reads addresses by id.</summary>
    public sealed record ReadAddresses(IReadOnlyList<string> Ids) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.DescribeAddresses;
    }

    /// <summary>Reads one page of the cluster's own addresses.</summary>
    public sealed record ListOwn(int Offset) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.DescribeAddresses;
    }

    /// <summary>Looks for the addresses of a purchase whose answer never came.</summary>
    public sealed record FindPurchase(PurchaseIntent Intent) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.DescribeAddresses;
    }

    /// <summary>Looks for what a private IP carries.</summary>
    public sealed record FindCarried(string PrivateIp) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.DescribeAddresses;
    }

    /// <summary>Reads the account's quotas.</summary>
    public sealed record ReadQuota : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.DescribeAddressQuota;
    }

    /// <summary>Looks for the ENIs of private IPs.</summary>
    public sealed record FindInterfaces(IReadOnlyList<string> PrivateIps) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.DescribeNetworkInterfaces;
    }

    /// <summary>Looks for the CVMs behind Nodes, by id or by private IP: one of the two lists is empty.</summary>
    public sealed record FindInstances(IReadOnlyList<string> Ids, IReadOnlyList<string> PrivateIps) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.DescribeInstances;
    }

    /// <summary>Reads one page of the ENIs of CVMs, with the addresses on them.</summary>
    public sealed record FindAttached(IReadOnlyList<string> InstanceIds, int Offset) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.DescribeNetworkInterfaces;
    }

    /// <summary>Reads which route tables subnets use.</summary>
    public sealed record ReadSubnets(IReadOnlyList<string> SubnetIds) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.DescribeSubnets;
    }

    /// <summary>Reads route tables.</summary>
    public sealed record ReadRouteTables(IReadOnlyList<string> RouteTableIds) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.DescribeRouteTables;
    }

    /// <summary>Adds routes with next hop EIP.</summary>
    /// <param name="RouteTableId">To this table.</param>
    /// <param name="Destinations">For these ranges.</param>
    /// <param name="Mark">Their description.</param>
    public sealed record AddRoutes(string RouteTableId, IReadOnlyList<string> Destinations, string Mark) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.CreateRoutes;
    }

    /// <summary>Removes routes.</summary>
    /// <param name="RouteTableId">From this table.</param>
    /// <param name="ItemIds">These.</param>
    public sealed record DropRoutes(string RouteTableId, IReadOnlyList<string> ItemIds) : QueuedCall
    {
        /// <inheritdoc/>
        public override CloudAction Action => CloudAction.DeleteRoutes;
    }
}
