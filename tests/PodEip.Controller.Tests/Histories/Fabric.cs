using PodEip.CloudSim.Model;

namespace PodEip.Controller.Tests.Histories;

/// <summary>Two CVMs with an ENI each, whose private IPs are handed to Pods: the last one freed goes to the next Pod at once.</summary>
internal sealed class Fabric
{
    private readonly Dictionary<string, Stack<(string EniId, string Ip)>> _free = new(StringComparer.Ordinal);

    public Fabric(CloudModel model)
    {
        VpcId = model.CreateVpc("10.0.0.0/16").Id;
        var subnet = model.CreateSubnet(VpcId, "10.0.1.0/24", "ap-guangzhou-6").Id;
        foreach (var node in new[] { "node-a", "node-b" })
        {
            var cvm = model.CreateCvm(subnet, cpu: 64);
            var eni = model.CreateEni(subnet, cvm.Id);
            _free[node] = new Stack<(string, string)>(model.AssignPrivateIps(eni.Id, 6).Select(ip => (eni.Id, ip)));
        }

        var outside = model.CreateCvm(subnet, cpu: 8);
        var stranger = model.CreateEni(subnet, outside.Id);
        OutsideEni = stranger.Id;
        OutsideIp = model.AssignPrivateIps(stranger.Id, 1)[0];
    }

    public string VpcId { get; }

    public string OutsideEni { get; }

    public string OutsideIp { get; }

    public (string EniId, string Ip)? Take(string node) => _free[node].TryPop(out var free) ? free : null;

    public void Free(string node, string eniId, string ip) => _free[node].Push((eniId, ip));
}
