namespace PodEip.Api;

/// <summary>Values of a condition's status, as metav1.Condition has them.</summary>
public static class ConditionStatuses
{
    /// <summary>It holds.</summary>
    public const string True = "True";

    /// <summary>It does not hold.</summary>
    public const string False = "False";

    /// <summary>Not known.</summary>
    public const string Unknown = "Unknown";
}
