using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;

namespace PodEip.Claims.Teardown;

/// <summary>All that is known of a cluster at one moment: the whole input of <see cref="TeardownPlan"/>.</summary>
public sealed record TeardownView
{
    /// <summary>The cluster's mark. What carries another one is never touched.</summary>
    public required ClusterMark Mark { get; init; }

    /// <summary>The addresses that carry the mark, and those that claims name, as just read.</summary>
    public required IReadOnlyList<Address> Addresses { get; init; }

    /// <summary>The claims; empty for a lost cluster.</summary>
    public IReadOnlyList<EipClaim> Claims { get; init; } = [];

    /// <summary>The Pods that have a private IP of their own; empty for a lost cluster.</summary>
    public IReadOnlyList<PodPlace> Pods { get; init; } = [];

    /// <summary>The CVMs that are Nodes, by instance id.</summary>
    public IReadOnlySet<string> NodeInstances { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The interfaces that carry the addresses, by id, as far as the cloud knows them.</summary>
    public IReadOnlyDictionary<string, NetworkInterface> Interfaces { get; init; } = new Dictionary<string, NetworkInterface>(StringComparer.Ordinal);

    /// <summary>The VPC of the Pods; null when the private IPs of the account's VPCs don't overlap.</summary>
    public string? VpcId { get; init; }

    /// <summary>The cluster can't be asked: nobody knows which bindings are its Pods'.</summary>
    public bool IsLost { get; init; }
}

/// <summary>A Pod that lives, where it lives.</summary>
/// <param name="Key">Namespace and name.</param>
/// <param name="Uid">Its UID.</param>
/// <param name="PrivateIp">Its own IPv4; null while it has none.</param>
/// <param name="PublishedIp">The value of its eip-public-ip annotation; null when it has none.</param>
/// <param name="HasGate">Its spec names our readiness gate.</param>
public sealed record PodPlace(ClaimKey Key, string Uid, string? PrivateIp, string? PublishedIp, bool HasGate = false);
