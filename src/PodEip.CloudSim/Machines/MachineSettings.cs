namespace PodEip.CloudSim.Machines;

/// <summary>What the CVMs look like as Nodes.</summary>
public sealed record MachineSettings
{
    /// <summary>Prefix of annotations and extended resources, with its slash. Default <c>tke.cloud.tencent.com/</c>.</summary>
    public string Prefix { get; init; } = "tke.cloud.tencent.com/";

    /// <summary>What Pods without a <c>networks</c> annotation use: <c>tke-route-eni</c>, <c>tke-direct-eni</c> or anything else for no ENI.</summary>
    public string DefaultNetwork { get; init; } = PodNetworks.SharedEni;

    /// <summary>Pods a Node takes. Default 250.</summary>
    public int PodsPerNode { get; init; } = 250;

    /// <summary>Private IPs of shared ENIs that a Node offers (<c>eni-ip</c>). Default 250.</summary>
    public int EniIpsPerNode { get; init; } = 250;

    /// <summary>Exclusive ENIs that a Node offers (<c>direct-eni</c>). Default 20.</summary>
    public int DirectEnisPerNode { get; init; } = 20;

    /// <summary>Secondary private IPs one shared ENI carries before another is made. Default 30.</summary>
    public int IpsPerEni { get; init; } = 30;

    /// <summary>Whether Nodes are registered with <c>eip</c>; off where a controller publishes it. Default off.</summary>
    public bool OfferEips { get; init; }

    /// <summary>How many <c>eip</c> a Node offers; null for the CVM's limit of public IPs less one.</summary>
    public int? EipsPerNode { get; init; }

    /// <summary>Taint of every Node, <c>key=value:Effect</c> or <c>key:Effect</c>; null for none.</summary>
    public string? Taint { get; init; }

    /// <summary>Range of the IPs that Pods outside VPC-CNI get. It must not overlap the VPC. Default 172.30.0.0/16.</summary>
    public string OffEniCidr { get; init; } = "172.30.0.0/16";

    /// <summary>
    /// Private IPs freed by a Pod are given back to the VPC (which unbinds their addresses silently) instead of being kept for the
    /// next Pod of the Node. Default off.
    /// </summary>
    public bool ReturnFreedIps { get; init; }
}
