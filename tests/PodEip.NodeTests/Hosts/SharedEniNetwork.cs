using System.Globalization;

namespace PodEip.NodeTests.Hosts;

/// <summary>
/// Stands in for VPC-CNI until there is one of our own: stock CNI plugins give Pods the secondary IPs of the node's second ENI, and policy
/// routes send what comes from them out of that ENI, since the cloud drops a source that is not the interface's own.
/// </summary>
internal static class SharedEniNetwork
{
    private const string Device = "eth1";

    /// <summary>Must lie in the subnet for the plugin ptp; known to the node and its Pods only.</summary>
    private const string PodGateway = "10.0.1.253";

    private const string Gateway = "10.0.1.1";
    private const int Table = 1001;

    /// <summary>Writes the CNI configuration and sets the routes.</summary>
    public static async Task SetUpAsync(NodeShape node, string cniFolder, string dataFolder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(cniFolder);
        var ips = node.PodIps;
        await File.WriteAllTextAsync(Path.Combine(cniFolder, "10-eni.conflist"), $$$"""
            {"cniVersion": "0.4.0", "name": "eni", "plugins": [{"type": "ptp", "ipam": {"type": "host-local", "dataDir": "{{{dataFolder}}}",
              "ranges": [[{"subnet": "10.0.1.0/24", "rangeStart": "{{{ips[0]}}}", "rangeEnd": "{{{ips[^1]}}}", "gateway": "{{{PodGateway}}}"}]],
              "routes": [{"dst": "0.0.0.0/0"}]
            }}]}
            """, cancellation);
        await CommandLine.InNamespaceAsync(node.Namespace, string.Create(CultureInfo.InvariantCulture, $"""
            echo 1 > /proc/sys/net/ipv4/ip_forward
            for name in all default eth0 {Device}; do echo 0 > /proc/sys/net/ipv4/conf/$name/rp_filter; done
            ip addr add {node.EniIp}/32 dev {Device}
            ip route add default via {Gateway} dev {Device} onlink table {Table}
            ip rule add pref 512 to {node.PodRange} lookup main
            ip rule add pref 1536 from {node.PodRange} lookup {Table}
            ip rule add pref 1537 from {node.EniIp} lookup {Table}
            """), cancellation);
    }

    /// <summary>
    /// Lets the next Pod get the lowest free IP again: host-local goes on after the last one it gave, VPC-CNI gives freed ones first.
    /// </summary>
    public static void ReuseFreedIps(string dataFolder)
    {
        var folder = new DirectoryInfo(Path.Combine(dataFolder, "eni"));
        if (!folder.Exists)
            return; // it has given none yet
        foreach (var file in folder.EnumerateFiles("last_reserved_ip.*"))
            file.Delete();
    }
}
