using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Adoption;

/// <summary>All that is known at one moment: the whole input of <see cref="AdoptionPlan"/>.</summary>
public sealed record AdoptionView
{
    /// <summary>The mark of the cluster that is lost.</summary>
    public required ClusterMark From { get; init; }

    /// <summary>This cluster's mark.</summary>
    public required ClusterMark To { get; init; }

    /// <summary>The addresses that carry either mark.</summary>
    public required IReadOnlyList<Address> Addresses { get; init; }

    /// <summary>This cluster's claims.</summary>
    public IReadOnlyList<EipClaim> Claims { get; init; } = [];

    /// <summary>Names an address may belong to, with where they come from, for people. The first source of a name counts.</summary>
    public IReadOnlyList<KnownName> Names { get; init; } = [];

    /// <summary>This cluster's namespaces.</summary>
    public IReadOnlySet<string> Namespaces { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}

/// <summary>A name that an address may belong to.</summary>
/// <param name="Key">Namespace and name of the Pod and its claim.</param>
/// <param name="Source">Where it is known from, for people.</param>
public sealed record KnownName(ClaimKey Key, string Source);
