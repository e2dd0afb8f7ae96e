namespace PodEip.Controller.Egress;

/// <summary>How the routes of Pods' subnets are watched.</summary>
public sealed record EgressSettings
{
    /// <summary>How often the route tables of subnets with bound Pods are read.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A missing EIP route is added, and removed again when no bound Pod needs it.</summary>
    public bool ManageRoutes { get; init; }

    /// <summary>How long an added route outlives the last bound Pod of its table.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How late a read may show a route that was just added; within it an absence proves nothing.</summary>
    public TimeSpan ReadLag { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How soon what the cloud refused is tried again.</summary>
    public TimeSpan RefusalRetry { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A table must have been read this lately before a route of it is removed.</summary>
    public TimeSpan RemovalReadAge { get; init; } = TimeSpan.FromSeconds(15);
}
