using System.Text.Json.Serialization;
using PodEip.Controller.Adoption;
using PodEip.Controller.Egress;
using PodEip.Controller.Teardown;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Commands;

/// <summary>The used part of a Node.</summary>
internal sealed record NodeObject : IKubeObject
{
    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? new ObjectMeta(); init; }

    /// <summary>What it is to be.</summary>
    public NodeObjectSpec? Spec { get; init; }
}

/// <summary>The used part of a Node's spec.</summary>
/// <param name="ProviderID">The machine it runs on, <c>qcloud:///ZONE/ins-…</c>.</param>
internal sealed record NodeObjectSpec(string? ProviderID);

/// <summary>The used part of a lease.</summary>
internal sealed record LeaseObject : IKubeObject
{
    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? new ObjectMeta(); init; }

    /// <summary>Who holds it.</summary>
    public LeaseObjectSpec? Spec { get; init; }
}

/// <summary>The used part of a lease's spec. The time is compared with itself only.</summary>
/// <param name="HolderIdentity">Who; empty for nobody.</param>
/// <param name="RenewTime">When it was renewed last, by the holder's clock.</param>
/// <param name="LeaseDurationSeconds">How long it holds from there.</param>
internal sealed record LeaseObjectSpec(string? HolderIdentity, string? RenewTime, int? LeaseDurationSeconds);

/// <summary>The used part of a workload that numbers its Pods.</summary>
internal sealed record NumberingObject : IKubeObject
{
    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? new ObjectMeta(); init; }

    /// <summary>What is wanted.</summary>
    public NumberingSpec? Spec { get; init; }
}

/// <summary>How many Pods, and from which number.</summary>
internal sealed record NumberingSpec(int? Replicas, NumberingStart? Ordinals);

/// <summary>The first number.</summary>
internal sealed record NumberingStart(int Start);

/// <summary>JSON of what commands read and print.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(NodeObject))]
[JsonSerializable(typeof(LeaseObject))]
[JsonSerializable(typeof(NumberingObject))]
[JsonSerializable(typeof(TeardownReport))]
[JsonSerializable(typeof(AdoptionReport))]
[JsonSerializable(typeof(RoutesReport))]
internal sealed partial class CommandJson : JsonSerializerContext;
