using PodEip.Api;
using PodEip.Claims.View;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Cluster;

/// <summary>The part of a Pod's status that says whether its readiness gate is open.</summary>
/// <param name="Conditions">The one condition.</param>
public sealed record GateStatus(IReadOnlyList<GateCondition> Conditions)
{
    /// <summary>The condition of our gate.</summary>
    /// <param name="gate">What it says.</param>
    /// <param name="changedAt">Since when; null to leave the time that is there.</param>
    public static GateStatus Of(PodGate gate, DateTimeOffset? changedAt)
    {
        ArgumentNullException.ThrowIfNull(gate);
        var status = gate.IsTrue is true ? ConditionStatuses.True : ConditionStatuses.False;
        return new([new GateCondition(PodEipNames.ReadinessGate, status, gate.Reason, gate.Message, changedAt is { } at ? MicroTime.FormatSeconds(at) : null)]);
    }
}

/// <summary>A Pod's condition as it is written.</summary>
/// <param name="Type">Which; the server merges by it.</param>
/// <param name="Status"><c>True</c> or <c>False</c>.</param>
/// <param name="Reason">Why, in a word.</param>
/// <param name="Message">Why, in a sentence.</param>
/// <param name="LastTransitionTime">Since when; null to leave the time that is there.</param>
public sealed record GateCondition(string Type, string Status, string? Reason, string? Message, string? LastTransitionTime);
