using System.Net;
using PodEip.CloudSim;
using PodEip.CloudSim.Control;
using PodEip.CloudSim.Fabric;
using PodEip.CloudSim.Model;
using PodEip.NodeTests.Hosts;

namespace PodEip.NodeTests.Cloud;

/// <summary>The simulated cloud of these tests: one VPC, a subnet of nodes, a subnet of Pods, two CVMs with a second ENI each, a real network.</summary>
internal static class SeededCloud
{
    public const string VpcId = "vpc-e2e00001";
    public const string NodeSubnet = "subnet-node0001";
    public const string PodSubnet = "subnet-pods0001";

    /// <summary>The addresses that the document's second StatefulSet names.</summary>
    public static IReadOnlyList<string> GivenIds { get; } = ["eip-xxx1", "eip-xxx2"];

    /// <summary>Where the host on the internet answers.</summary>
    public const string World = "198.51.100.10";

    /// <summary>Where it answers too, in another range.</summary>
    public const string Elsewhere = "192.0.2.10";

    /// <summary>Our own address on the VPC's router.</summary>
    public static IPAddress Control { get; } = IPAddress.Parse("10.255.0.1");

    /// <summary>Starts it.</summary>
    public static async Task<CloudSimHost> StartAsync(CancellationToken cancellation)
    {
        var host = await CloudSimHost.StartAsync(
            new CloudSimOptions
            {
                // Of the room, which nobody else sees: the controller in the cluster calls it from a Pod.
                Listen = new IPEndPoint(IPAddress.Any, 0),
                Seed = new CloudSeed
                {
                    Settings = new CloudSettings { PublicRanges = ["203.0.113.0/24"], TotalQuota = 100, DailyQuota = 200 },
                    Vpcs = [new NewVpc { Id = VpcId, Cidr = "10.0.0.0/16" }],
                    Subnets = [new NewSubnet { Id = NodeSubnet, VpcId = VpcId, Cidr = "10.0.0.0/24" }, new NewSubnet { Id = PodSubnet, VpcId = VpcId, Cidr = "10.0.1.0/24" }],
                    Addresses = [.. GivenIds.Select(id => new NewAddress { Id = id })],
                    Cvms = [Cvm(NodeShape.Small), Cvm(NodeShape.Large)],
                },
                Fabric = new FabricOptions { Attach = Control, World = IPAddress.Parse(World), Elsewhere = IPAddress.Parse(Elsewhere) },
            },
            cancellation);
        foreach (var node in (NodeShape[])[NodeShape.Small, NodeShape.Large])
        {
            host.Model.CreateEni(PodSubnet, node.CvmId, node.EniId, privateIp: node.EniIp);
            host.Model.AssignPrivateIps(node.EniId, ips: node.PodIps);
            // What the node masquerades leaves by the ENI that the Pods share, so that is where its own way out is.
            host.Model.ForceBind(host.Model.AddAddress($"eip-{node.Name.Replace("-", "", StringComparison.Ordinal)}ou").Id, node.EniId, node.EniIp);
        }

        return host;
    }

    /// <summary>Where it answers to all of the VPC.</summary>
    public static Uri AddressOf(CloudSimHost host) => new UriBuilder(Uri.UriSchemeHttp, Control.ToString(), host.Endpoint.Port).Uri;

    private static NewCvm Cvm(NodeShape node) => new() { PublicIp = node.HasPublicIp, Id = node.CvmId, Name = node.Name, SubnetId = NodeSubnet, Cpu = node.Cpu, PrivateIp = node.Ip };
}
