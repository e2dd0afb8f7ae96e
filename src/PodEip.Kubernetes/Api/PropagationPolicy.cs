namespace PodEip.Kubernetes.Api;

/// <summary>What becomes of dependents.</summary>
public enum PropagationPolicy
{
    /// <summary>Deleted afterwards, by the garbage collector.</summary>
    Background,

    /// <summary>Deleted first.</summary>
    Foreground,

    /// <summary>Kept, their reference dropped.</summary>
    Orphan,
}
