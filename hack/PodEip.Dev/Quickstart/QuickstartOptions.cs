namespace PodEip.Dev.Quickstart;

/// <summary>What to run, and where it keeps its state.</summary>
public sealed record QuickstartOptions
{
    /// <summary>Holds everything: the control plane, programs, state, logs. One folder, one quickstart.</summary>
    public required string StateFolder { get; init; }

    /// <summary>A context of the user's kubeconfig, to run in that cluster; null for a local control plane of our own.</summary>
    public string? Context { get; init; }

    /// <summary>Whether the programs are built first; else what a build left is used.</summary>
    public bool Build { get; init; } = true;

    /// <summary>How long the samples may take to get their addresses.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(3);
}
