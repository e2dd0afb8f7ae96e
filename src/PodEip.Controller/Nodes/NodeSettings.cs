using PodEip.Api;

namespace PodEip.Controller.Nodes;

/// <summary>How Nodes' capacity is kept.</summary>
public sealed record NodeSettings
{
    /// <summary>Public IPs by machine.</summary>
    public MachineLimits Limits { get; init; } = MachineLimits.Default;

    /// <summary>How often a machine, and what it carries, is read anew.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The VPC the machines are in; null for any.</summary>
    public string? VpcId { get; init; }
}
