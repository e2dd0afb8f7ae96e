namespace PodEip.NodeTests.Hosts;

/// <summary>A node of the cluster and the CVM it runs on.</summary>
/// <param name="Name">The Node's name.</param>
/// <param name="CvmId">The CVM.</param>
/// <param name="Cpu">Its vCPUs: 4 carry two public addresses, 16 carry four.</param>
/// <param name="Ip">Primary private IP.</param>
/// <param name="EniIp">Primary private IP of the ENI that its Pods share; what is masqueraded leaves with it.</param>
/// <param name="PodRange">The ENI's secondary IPs, which its Pods get.</param>
internal sealed record NodeShape(string Name, string CvmId, int Cpu, string Ip, string EniIp, string PodRange)
{
    /// <summary>Id of the shared ENI.</summary>
    public string EniId => "eni-" + Name.Replace("-", "", StringComparison.Ordinal) + "aa";

    /// <summary>The network namespace.</summary>
    public string Namespace => "podeip-" + CvmId;

    /// <summary>4 vCPU: one Pod with an address.</summary>
    public static NodeShape Small { get; } = new("node-1", "ins-node0001", 4, "10.0.0.11", "10.0.1.11", "10.0.1.16/28");

    /// <summary>Its primary private IP has an ordinary public IP, so that it serves the internet as a node.</summary>
    public bool HasPublicIp => Cpu > 4;

    /// <summary>16 vCPU: three Pods with an address.</summary>
    public static NodeShape Large { get; } = new("node-2", "ins-node0002", 16, "10.0.0.12", "10.0.1.12", "10.0.1.32/28");

    /// <summary>The secondary IPs.</summary>
    public IReadOnlyList<string> PodIps
    {
        get
        {
            var first = PodRange.Split('/')[0];
            var dot = first.LastIndexOf('.') + 1;
            var last = int.Parse(first.AsSpan(dot), System.Globalization.CultureInfo.InvariantCulture);
            return [.. Enumerable.Range(last + 1, 14).Select(number => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{first[..dot]}{number}"))];
        }
    }
}
