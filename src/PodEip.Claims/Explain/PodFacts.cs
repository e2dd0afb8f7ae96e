using PodEip.Api.Demands;

namespace PodEip.Claims.Explain;

/// <summary>A Pod, as far as its address is concerned.</summary>
public sealed record PodFacts
{
    /// <summary>What its annotations ask for.</summary>
    public required DemandReading Reading { get; init; }

    /// <summary>Pending, Running, Succeeded, Failed or Unknown.</summary>
    public string Phase { get; init; } = "Unknown";

    /// <summary>Its Node; null while it has none.</summary>
    public string? NodeName { get; init; }

    /// <summary>Its private IP; null while it has none.</summary>
    public string? PrivateIp { get; init; }

    /// <summary>It was asked to end.</summary>
    public bool IsEnding { get; init; }

    /// <summary>Nothing of it runs any more.</summary>
    public bool HasEnded { get; init; }

    /// <summary>How many addresses it asks the scheduler for.</summary>
    public int SlotsRequested { get; init; }

    /// <summary>The address that is written on it.</summary>
    public string? PublishedIp { get; init; }

    /// <summary>The scheduler's words when it finds no Node; null when it does, or has not looked yet.</summary>
    public string? Unschedulable { get; init; }
}
