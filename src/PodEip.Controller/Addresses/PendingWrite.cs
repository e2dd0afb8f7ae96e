using PodEip.Cloud.Addresses;

namespace PodEip.Controller.Addresses;

/// <summary>The one write under way on an address, from the moment it is in line until a read confirms it.</summary>
internal sealed class PendingWrite(WriteKind kind, NetworkTarget? target = null)
{
    public WriteKind Kind { get; } = kind;

    /// <summary>Where it is being bound to.</summary>
    public NetworkTarget? Target { get; } = target;

    /// <summary>What its bandwidth is being changed to.</summary>
    public int? BandwidthMbps { get; init; }

    /// <summary>When the cloud answered, or failed to; null while it is in line or under way.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>The answer never came, or said nothing: it may not have happened.</summary>
    public bool IsUnclear { get; set; }

    /// <summary>An earlier bind was still unsettled when this one began.</summary>
    public bool MightBindBefore { get; set; }
}
