using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;

namespace PodEip.Claims.View;

/// <summary>What the planner needs to know of a Pod.</summary>
public sealed record PodView
{
    /// <summary>Namespace and name, which are the claim's too.</summary>
    public required ClaimKey Key { get; init; }

    /// <summary>The Pod's UID: what tells a Pod from its namesakes.</summary>
    public required string Uid { get; init; }

    /// <summary>The Node it is scheduled to; null while it is not.</summary>
    public string? NodeName { get; init; }

    /// <summary>How many addresses it asks the scheduler for (<c>&lt;prefix&gt;eip</c>).</summary>
    public int SlotsRequested { get; init; }

    /// <summary>Its private IPv4; null while it has none.</summary>
    public string? PrivateIp { get; init; }

    /// <summary>It carries a deletion timestamp.</summary>
    public bool IsEnding { get; init; }

    /// <summary>Nothing of it runs any more: phase Succeeded or Failed, or ending with every container terminated.</summary>
    public bool HasEnded { get; init; }

    /// <summary>The resource version this was read at.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>What its annotations ask for.</summary>
    public required DemandReading Reading { get; init; }

    /// <summary>The value of its eip-public-ip annotation.</summary>
    public string? PublishedIp { get; init; }

    /// <summary>What our readiness gate says of it; null when its spec does not name that gate.</summary>
    public PodGate? Gate { get; init; }

    /// <summary>The trailing number of its name; null for unnumbered Pods and owners whose suffixes are random.</summary>
    public int? Ordinal { get; init; }

    /// <summary>Its owner may number its Pods from elsewhere than 0 (a StatefulSet's <c>.spec.ordinals.start</c>).</summary>
    public bool MayStartElsewhere { get; init; }

    /// <summary>Its controlling owner.</summary>
    public WorkloadReference? Workload { get; init; }
}
