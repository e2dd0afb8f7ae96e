namespace PodEip.Claims.Planning;

/// <summary>What the operator chose that planning depends on.</summary>
public sealed record PlannerSettings
{
    /// <summary>When a Pod's address is unbound.</summary>
    public UnbindMoment Unbind { get; init; } = UnbindMoment.OnExit;

    /// <summary>What is done about changes behind our back.</summary>
    public DriftPolicy Drift { get; init; } = DriftPolicy.Repair;

    /// <summary>How soon a wait with no event of its own is looked at again.</summary>
    public TimeSpan Recheck { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How soon an address that is bound elsewhere, missing or unusable is looked at again.</summary>
    public TimeSpan AddressRecheck { get; init; } = TimeSpan.FromSeconds(30);
}
