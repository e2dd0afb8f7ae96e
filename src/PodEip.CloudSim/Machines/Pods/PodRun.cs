using PodEip.CloudSim.Machines.Network;

namespace PodEip.CloudSim.Machines.Pods;

/// <summary>
/// What a kubelet remembers of one Pod. Belongs to a UID, not to a name: after a forced deletion the old Pod's containers are still
/// there when its namesake starts. Touched by one worker at a time.
/// </summary>
internal sealed class PodRun(PodRecord pod)
{
    /// <summary>The Pod as last seen; kept when the object is gone.</summary>
    public PodRecord Pod { get; set; } = pod;

    /// <summary>Its private IP; null before the sandbox is up and after it is gone.</summary>
    public IpLease? Lease { get; set; }

    /// <summary>The IP it has or had, for status.</summary>
    public string? Ip { get; set; }

    /// <summary>When the present step began; null when it has not.</summary>
    public long? StepSince { get; set; }

    public PodStep Step { get; set; } = PodStep.Fresh;

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Ready as last written.</summary>
    public bool ReadyShown { get; set; }
}

/// <summary>How far a Pod has come.</summary>
internal enum PodStep
{
    /// <summary>Nothing done.</summary>
    Fresh,

    /// <summary>Shown as ContainerCreating; no IP yet.</summary>
    Creating,

    /// <summary>Has its IP; containers are starting.</summary>
    Addressed,

    /// <summary>Containers run.</summary>
    Running,

    /// <summary>Told to end.</summary>
    Stopping,

    /// <summary>Containers have ended; the sandbox is there.</summary>
    Ended,

    /// <summary>The sandbox is gone and the IP free.</summary>
    Gone,
}
