using PodEip.Cloud.Addresses;
using PodEip.CloudSim.Model;

namespace PodEip.Cloud.ContractTests.Kit;

/// <summary>One CVM of 8 vCPUs (3 public IPs) with an ENI for Pods that carries private IPs.</summary>
public sealed class World
{
    public World(CloudModel model, int cpu = 8, int privateIps = 12)
    {
        Vpc = model.CreateVpc("10.0.0.0/16");
        Subnet = model.CreateSubnet(Vpc.Id, "10.0.1.0/24", "ap-guangzhou-6");
        Cvm = model.CreateCvm(Subnet.Id, cpu);
        EniId = model.CreateEni(Subnet.Id, Cvm.Id).Id;
        Ips = model.AssignPrivateIps(EniId, privateIps);
    }

    public Vpc Vpc { get; }

    public Subnet Subnet { get; }

    public Cvm Cvm { get; }

    public string EniId { get; }

    /// <summary>Secondary private IPs, AVAILABLE.</summary>
    public IReadOnlyList<string> Ips { get; }

    public NetworkTarget Target(int index = 0) => new(EniId, Ips[index]);
}
