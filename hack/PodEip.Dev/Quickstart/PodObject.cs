using System.Text.Json.Serialization;
using PodEip.Kubernetes.Objects;

namespace PodEip.Dev.Quickstart;

/// <summary>A Pod: only what is printed or waited for.</summary>
internal sealed record PodObject
{
    public ObjectMeta Metadata { get; init; } = new();

    public PodSpec Spec { get; init; } = new();

    public PodStatus Status { get; init; } = new();
}

internal sealed record PodSpec
{
    public string? NodeName { get; init; }
}

internal sealed record PodStatus
{
    public string? Phase { get; init; }

    [JsonPropertyName("podIP")]
    public string? PodIp { get; init; }

    public IReadOnlyList<PodCondition>? Conditions { get; init; }
}

internal sealed record PodCondition(string Type, string Status, string? Reason, string? Message);
