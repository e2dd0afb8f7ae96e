using System.Net;

namespace PodEip.Dev.ControlPlane;

/// <summary>How a local control plane is to be run.</summary>
public sealed record ControlPlaneOptions
{
    /// <summary>Holds certificates, etcd's data, kubeconfigs and logs. Made if absent, readable by us only.</summary>
    public required string WorkFolder { get; init; }

    /// <summary>Whether the programs die with us or outlive us.</summary>
    public ControlPlaneLifetime Lifetime { get; init; } = ControlPlaneLifetime.Leashed;

    /// <summary>The folder with the programs; null asks <c>hack/kube-assets</c>, which may build them first.</summary>
    public string? AssetsFolder { get; init; }

    /// <summary>
    /// Where the API server listens, also named in its certificate. Anything but loopback is for nodes in network namespaces of this machine.
    /// </summary>
    public IPAddress BindAddress { get; init; } = IPAddress.Loopback;

    /// <summary>The range of Service addresses; its first one is the API server's own.</summary>
    public IPNetwork ServiceClusterIpRange { get; init; } = IPNetwork.Parse("10.96.0.0/16");

    /// <summary>More flags for kube-apiserver, such as <c>--feature-gates=…</c>.</summary>
    public IReadOnlyList<string> ApiServerArguments { get; init; } = [];

    /// <summary>How long each step of the start may take on a busy machine, the one-time build of the programs aside.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Told what is being done, for people; one line each.</summary>
    public Action<string> Report { get; init; } = static _ => { };
}
