using PodEip.Cloud.Addresses;

namespace PodEip.Claims.View;

/// <summary>One address as the book holds it at this moment: what was last read, corrected by what was sent since.</summary>
public sealed record AddressView
{
    /// <summary>Id, <c>eip-…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands for a planner.</summary>
    public required AddressState State { get; init; }

    /// <summary>Where it is bound, or being bound to; null otherwise.</summary>
    public NetworkTarget? Target { get; init; }

    /// <summary>The public IPv4; null until the cloud says.</summary>
    public string? PublicIp { get; init; }

    /// <summary>Its name in the cloud.</summary>
    public string? Name { get; init; }

    /// <summary>Outbound cap in Mbps; null when the cloud does not say.</summary>
    public int? BandwidthMbps { get; init; }

    /// <summary>It carries this cluster's tag.</summary>
    public bool IsOwn { get; init; }

    /// <summary>It carries a Pod EIP or TKE tag of some cluster: bought by a controller, never to be named in a list.</summary>
    public bool IsManaged { get; init; }

    /// <summary>It is known to be ours, and carries no cluster's tag: somebody removed it, or it never stuck.</summary>
    public bool LacksTag { get; init; }

    /// <summary>It carries the tag of another cluster, or of TKE, and not ours.</summary>
    public bool HasForeignTag { get; init; }

    /// <summary>Who may name it; null where it does not say.</summary>
    public Marks.NamespaceTag? Namespaces { get; init; }

    /// <summary>The last read by id did not find it; that alone is no news (I8).</summary>
    public bool IsMissing { get; init; }

    /// <summary>Unbinding would release it.</summary>
    public bool CascadeRelease { get; init; }

    /// <summary>Arrears or blocked: cannot be bound.</summary>
    public bool IsUnusable { get; init; }

    /// <summary>An earlier Associate may still take effect although the address reads as unbound.</summary>
    public bool MayYetBind { get; init; }

    /// <summary>The claim that holds it; null for none.</summary>
    public Api.ClaimKey? Holder { get; init; }
}
