namespace PodEip.Claims.Planning;

/// <summary>When a Pod's address is unbound (<c>--unbind</c>).</summary>
public enum UnbindMoment
{
    /// <summary>The moment the Pod has ended; it serves through its graceful shutdown.</summary>
    OnExit,

    /// <summary>At the deletion timestamp, so that an unbinding that ends within the grace period leaves no window.</summary>
    OnDelete,
}
