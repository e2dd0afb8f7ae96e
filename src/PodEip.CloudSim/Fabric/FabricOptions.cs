using System.Net;

namespace PodEip.CloudSim.Fabric;

/// <summary>How the cloud's network is built on this machine.</summary>
public sealed record FabricOptions
{
    /// <summary>Longest <see cref="Prefix"/>.</summary>
    public const int LongestPrefix = 20;

    /// <summary>How the names of the network namespaces begin; lower-case letters, digits and dashes.</summary>
    public string Prefix { get; init; } = "podeip-";

    /// <summary>Address on the VPC of the namespace that the simulator itself runs in; null leaves that namespace alone.</summary>
    public IPAddress? Attach { get; init; }

    /// <summary>Where the host on the internet answers. Outside the ranges that public IPs are taken from.</summary>
    public IPAddress World { get; init; } = IPAddress.Parse("198.51.100.10");

    /// <summary>Where it answers too, in another range, so that a route to a part of the internet can be told from one to the rest.</summary>
    public IPAddress Elsewhere { get; init; } = IPAddress.Parse("192.0.2.10");

    /// <summary>The VPC router's namespace.</summary>
    public string RouterNamespace => Prefix + "vpc";

    /// <summary>The namespace of the host on the internet.</summary>
    public string WorldNamespace => Prefix + "internet";

    /// <summary>The namespace of a CVM.</summary>
    public string NamespaceOf(string cvmId) => Prefix + cvmId;
}
