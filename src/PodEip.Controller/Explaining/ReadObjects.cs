using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Explaining;

/// <summary>A <c>v1</c> Event, whoever wrote it and by which of the two APIs.</summary>
internal sealed record EventRead
{
    public ObjectMeta? Metadata { get; init; }

    public EventInvolved? InvolvedObject { get; init; }

    public string? Type { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public int? Count { get; init; }

    public DateTimeOffset? LastTimestamp { get; init; }

    public DateTimeOffset? EventTime { get; init; }

    public EventSeriesRead? Series { get; init; }

    public string? ReportingComponent { get; init; }
}

/// <summary>What an event is about.</summary>
internal sealed record EventInvolved(string? Kind, string? Name, string? Uid);

/// <summary>How often it happened.</summary>
internal sealed record EventSeriesRead(int? Count, DateTimeOffset? LastObservedTime);

/// <summary>A Pod with its conditions, which controllers don't read.</summary>
internal sealed record PodRead : IKubeObject
{
    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? new ObjectMeta(); init; }

    public PodReadStatus? Status { get; init; }

    public PodReadSpec? Spec { get; init; }

    /// <summary>A condition's status and message.</summary>
    public PodReadCondition? Condition(string type) => Status?.Conditions?.FirstOrDefault(c => string.Equals(c.Type, type, StringComparison.Ordinal));
}

/// <summary>The read part of a Pod's spec.</summary>
internal sealed record PodReadSpec(string? NodeName);

/// <summary>The read part of a Pod's status.</summary>
internal sealed record PodReadStatus(IReadOnlyList<PodReadCondition>? Conditions);

/// <summary>A condition of a Pod.</summary>
internal sealed record PodReadCondition(string? Type, string? Status, string? Reason, string? Message);

/// <summary>A lease.</summary>
internal sealed record LeaseRead : IKubeObject
{
    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? new ObjectMeta(); init; }

    public LeaseReadSpec? Spec { get; init; }
}

/// <summary>The read part of a lease's spec.</summary>
internal sealed record LeaseReadSpec(string? HolderIdentity, DateTimeOffset? RenewTime, int? LeaseDurationSeconds);

/// <summary>JSON of what is read here only.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventRead))]
[JsonSerializable(typeof(PodRead))]
[JsonSerializable(typeof(LeaseRead))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ReadJson : JsonSerializerContext;
