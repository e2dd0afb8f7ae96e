using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Cloud.Routes;

namespace PodEip.Controller.Reconciling;

/// <summary>What a call brought back; which part is set depends on the call.</summary>
public sealed record CallResult
{
    /// <summary>Of a write, and of reads that found nothing.</summary>
    public static CallResult Done { get; } = new();

    /// <summary>Ids of a purchase.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Addresses of a describe call.</summary>
    public IReadOnlyList<Address> Addresses { get; init; } = [];

    /// <summary>ENIs of a describe call.</summary>
    public IReadOnlyList<NetworkInterface> Interfaces { get; init; } = [];

    /// <summary>CVMs of a describe call.</summary>
    public IReadOnlyList<Instance> Instances { get; init; } = [];

    /// <summary>Subnets of a describe call.</summary>
    public IReadOnlyList<Subnet> Subnets { get; init; } = [];

    /// <summary>Route tables of a describe call.</summary>
    public IReadOnlyList<RouteTable> RouteTables { get; init; } = [];

    /// <summary>The account's quotas.</summary>
    public IReadOnlyList<AddressQuota> Quotas { get; init; } = [];

    /// <summary>Matches before paging.</summary>
    public int TotalCount { get; init; }
}
