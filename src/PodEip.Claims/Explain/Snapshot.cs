using PodEip.Api;
using PodEip.Api.Resources;

namespace PodEip.Claims.Explain;

/// <summary>Everything about one name that can be looked at with a user's rights, at one moment.</summary>
public sealed record Snapshot
{
    /// <summary>Namespace and name of Pod and claim.</summary>
    public required ClaimKey Key { get; init; }

    /// <summary>When it was looked at.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Names under the annotation prefix.</summary>
    public PodEipNames Names { get; init; } = new();

    /// <summary>The Pod; null when there is none.</summary>
    public PodFacts? Pod { get; init; }

    /// <summary>The claim; null when there is none.</summary>
    public EipClaim? Claim { get; init; }

    /// <summary>Events on Pod and claim, the latest first.</summary>
    public IReadOnlyList<EventFact> Events { get; init; } = [];

    /// <summary>The Nodes and their slots; null when they may not be read.</summary>
    public IReadOnlyList<NodeFacts>? Nodes { get; init; }

    /// <summary>The node agent's Pods; null when they may not be read.</summary>
    public IReadOnlyList<AgentFacts>? Agents { get; init; }

    /// <summary>The leases of controllers; null when they may not be read.</summary>
    public IReadOnlyList<LeaseFacts>? Leases { get; init; }

    /// <summary>The region that the controller works in, as it recorded it; null when that is not known.</summary>
    public string? Region { get; init; }

    /// <summary>What could not be looked at, and why.</summary>
    public IReadOnlyList<string> Unseen { get; init; } = [];

    /// <summary>The Node of Pod or claim; null when there is none, or it may not be read.</summary>
    public NodeFacts? Node => NodeName is { } name ? Nodes?.FirstOrDefault(n => string.Equals(n.Name, name, StringComparison.Ordinal)) : null;

    /// <summary>Name of the Node of Pod or claim.</summary>
    public string? NodeName => Pod is null ? Claim?.Status.NodeName : Pod.NodeName;
}
