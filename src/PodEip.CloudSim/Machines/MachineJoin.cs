using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace PodEip.CloudSim.Machines;

/// <summary>Which cluster the machines join, and as what.</summary>
public sealed record MachineJoin
{
    /// <summary>Path of a kubeconfig; null to search as kubectl does.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Its context; null for the current one.</summary>
    public string? Context { get; init; }

    /// <summary>What the Nodes look like.</summary>
    public MachineSettings Settings { get; init; } = new();

    /// <summary>How fast kubelets work at first; the control interface changes it.</summary>
    public MachineDelays Delays { get; init; } = new();

    /// <summary>Where the machines' log goes.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
