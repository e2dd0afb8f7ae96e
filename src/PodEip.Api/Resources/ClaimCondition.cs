using PodEip.Api.Schema;

namespace PodEip.Api.Resources;

/// <summary>One aspect of a claim's state, shaped like metav1.Condition.</summary>
public sealed record ClaimCondition
{
    /// <summary>Type, unique within the claim.</summary>
    [Schema(Required = true, MinLength = 1, MaxLength = 316)]
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Schema(Required = true, Enum = [ConditionStatuses.True, ConditionStatuses.False, ConditionStatuses.Unknown])]
    public string Status { get; init => field = value ?? ConditionStatuses.Unknown; } = ConditionStatuses.Unknown;

    /// <summary>Generation of the spec this was judged by.</summary>
    [Schema(Minimum = 0)]
    public long? ObservedGeneration { get; init; }

    /// <summary>When the status last changed.</summary>
    [Schema(Required = true)]
    public DateTimeOffset? LastTransitionTime { get; init => field = KubernetesTime.Truncate(value); }

    /// <summary>Why, in one word for programs.</summary>
    [Schema(Required = true, MinLength = 1, MaxLength = 1024, Pattern = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")]
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>Why, in words for people.</summary>
    [Schema(Required = true, MaxLength = 32768)]
    public string Message { get; init => field = value ?? ""; } = "";
}
