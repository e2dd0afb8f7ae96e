using PodEip.Api.Demands;

namespace PodEip.Claims.Planning;

/// <summary>What the operator chose that planning depends on.</summary>
public sealed record PlannerSettings
{
    /// <summary>When a Pod's address is unbound.</summary>
    public UnbindMoment Unbind { get; init; } = UnbindMoment.OnExit;

    /// <summary>How the spec of a claim is read while it has no Pod.</summary>
    public DemandSettings Demands { get; init; } = new();

    /// <summary>What is done about changes behind our back.</summary>
    public DriftPolicy Drift { get; init; } = DriftPolicy.Repair;

    /// <summary>How long a retained claim is kept when its spec does not say; null for ever.</summary>
    public TimeSpan? ClaimExpiry { get; init; }

    /// <summary>A claim ends only when its Pod's absence was read past the cache this lately.</summary>
    public TimeSpan PodCheckAge { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Which given addresses may be named.</summary>
    public GivenPolicy Given { get; init; } = GivenPolicy.Any;

    /// <summary>Fixed claims refer to their workload, so that they go when it is deleted.</summary>
    public bool ReferToOwners { get; init; }

    /// <summary>How soon a wait with no event of its own is looked at again.</summary>
    public TimeSpan Recheck { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How soon an address that is bound elsewhere, missing or unusable is looked at again.</summary>
    public TimeSpan AddressRecheck { get; init; } = TimeSpan.FromSeconds(30);
}
