using System.Collections.Immutable;

namespace PodEip.CloudSim.Fabric;

/// <summary>An attached ENI as a cable between the VPC router and its CVM.</summary>
/// <param name="EniId">The ENI.</param>
/// <param name="CvmId">The CVM.</param>
/// <param name="RouterSide">Interface name at the router, at most 15 characters.</param>
/// <param name="HostSide">Interface name in the CVM: <c>eth0</c>, <c>eth1</c> …</param>
/// <param name="Mac">MAC address of the CVM's side; empty for any.</param>
/// <param name="PrimaryIp">The ENI's primary private IP.</param>
/// <param name="PrefixLength">Of the subnet.</param>
/// <param name="Gateway">The subnet's gateway, its first address.</param>
/// <param name="IsPrimary">The CVM's primary ENI: its side gets address and default route, as the cloud's image does it.</param>
/// <param name="Ips">All private IPs that packets may come from and go to, in order.</param>
internal sealed record FabricLeg(
    string EniId, string CvmId, string RouterSide, string HostSide, string Mac, string PrimaryIp, int PrefixLength, string Gateway, bool IsPrimary, ImmutableArray<string> Ips)
{
    /// <summary>What can't change without a new cable.</summary>
    public (string, string, string, string, string) Cable => (EniId, CvmId, RouterSide, HostSide, Mac);
}
