namespace PodEip.Dev.Monitoring;

/// <summary>One panel of the dashboard.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Unit">Unit as Grafana names it: <c>short</c>, <c>s</c>, <c>ops</c>, <c>percentunit</c>.</param>
/// <param name="Queries">What it shows: legend (may use <c>{{label}}</c>) and PromQL.</param>
public sealed record Panel(string Title, string Unit, params Query[] Queries)
{
    /// <summary>What a reader should know to read it; null where the title says it all.</summary>
    public string? Note { get; init; }

    /// <summary>One number instead of a curve.</summary>
    public bool IsNumber { get; init; }
}
